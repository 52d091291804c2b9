package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of the commands of SBC-3 that move, compare or change blocks: three of them from block 8 on. */
final class BlockExamples {
    private static final int LBA = 8;
    private static final int COUNT = 3;
    private static final int FUA = 0x08;

    private BlockExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        for (int opcode : new int[] {0x08, 0x28, 0xA8, 0x88}) {
            all.add(Example.of(opcode)
                    .sends(stand -> in(COUNT * stand.blockBytes(), range(opcode, 0, COUNT)))
                    .then((stand, answer) -> assertArrayEquals(stand.pattern(LBA, COUNT), answer.data())));
        }
        for (int opcode : new int[] {0x0A, 0x2A, 0xAA, 0x8A}) {
            all.add(write(opcode, 0, stand -> stand.fresh(COUNT)));
        }
        for (int opcode : new int[] {0x2A, 0xAA, 0x8A, 0x8B}) {
            all.add(Example.of(opcode)
                    .writes()
                    .sends(stand -> out(stand.fresh(COUNT), range(opcode, FUA, COUNT)))
                    .then((stand, answer) -> assertTrue(stand.witness().madeDurable())));
        }
        for (int opcode : new int[] {0x2E, 0xAE, 0x8E}) {
            all.add(write(opcode, 0, stand -> stand.fresh(COUNT)).limits(1, 2, 2));
            all.add(Example.of(opcode)
                    .writes()
                    .sends(stand -> out(stand.fresh(COUNT), range(opcode, 0x02, COUNT)))
                    .limits(1, 2, 2)
                    .then((stand, answer) -> assertTrue(stand.witness().madeDurable())));
        }
        for (int opcode : new int[] {0x2F, 0xAF, 0x8F}) {
            all.add(verify(opcode, 0x00, stand -> new byte[0]));
            all.add(verify(opcode, 0x02, stand -> stand.pattern(LBA, COUNT)).then(BlockExamples::differs));
            all.add(Example.of(opcode)
                    .limits(1, 2, 2)
                    .sends(stand -> out(stand.pattern(LBA, 1), range(opcode, 0x06, 1))));
        }
        for (int opcode : new int[] {0x41, 0x93}) {
            all.add(writeSame(opcode, 0x00).then((stand, answer) -> assertStored(stand, stand.fresh(COUNT))));
            all.add(writeSame(opcode, 0x08)
                    .on(UnitKind::unmaps)
                    .then((stand, answer) -> assertStored(stand, stand.fresh(COUNT))));
        }
        all.add(Example.of(0x93)
                .writes()
                .sends(out(new byte[0], range(0x93, 0x01, COUNT)))
                .limits(10, 7, 32)
                .then((stand, answer) -> assertStored(stand, new byte[COUNT * stand.blockBytes()])));
        all.add(Example.of(0x42)
                .on(UnitKind::unmaps)
                .writes()
                .sends(out(unmapList(), 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0))
                .lists(7, 2)
                .then((stand, answer) -> assertStored(stand, new byte[COUNT * stand.blockBytes()])));
        all.add(Example.of(0x89)
                .writes()
                .sends(stand -> out(
                        twice(stand.pattern(LBA, COUNT), stand.fresh(COUNT)),
                        0x89,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        LBA,
                        0,
                        0,
                        0,
                        COUNT,
                        0,
                        0))
                .limits(13, 7, 8)
                .then((stand, answer) -> assertStored(stand, stand.fresh(COUNT))));
        all.add(atomic(0, stand -> {}));
        all.add(atomic(FUA, stand -> assertTrue(stand.witness().madeDurable())));
        all.add(Example.of(0x8B)
                .writes()
                .sends(stand -> out(stand.fresh(COUNT), range(0x8B, 0, COUNT)))
                .then((stand, answer) -> assertStored(stand, or(stand.pattern(LBA, COUNT), stand.fresh(COUNT)))));
        return all;
    }

    /** A CDB of any length with a range at its places. */
    static int[] range(int opcode, int flags, int count) {
        return switch (opcode >> 5) {
            case 0 -> new int[] {opcode, 0, 0, LBA, count, 0};
            case 1, 2 -> new int[] {opcode, flags, 0, 0, 0, LBA, 0, 0, count, 0};
            case 5 -> new int[] {opcode, flags, 0, 0, 0, LBA, 0, 0, 0, count, 0, 0};
            default -> new int[] {opcode, flags, 0, 0, 0, 0, 0, 0, 0, LBA, 0, 0, 0, count, 0, 0};
        };
    }

    /** READ (10). */
    static int[] read(int lba, int count) {
        return new int[] {0x28, 0, 0, 0, lba >> 8, lba & 0xFF, 0, count >> 8, count & 0xFF, 0};
    }

    private static Example write(int opcode, int flags, Function<Stand, byte[]> data) {
        return Example.of(opcode)
                .writes()
                .sends(stand -> out(data.apply(stand), range(opcode, flags, COUNT)))
                .then((stand, answer) -> assertStored(stand, data.apply(stand)));
    }

    /** WRITE ATOMIC (16). Its data has to be as long as its TRANSFER LENGTH says. */
    private static Example atomic(int flags, Consumer<Stand> seen) {
        int[] cdb = {0x9C, flags, 0, 0, 0, 0, 0, 0, 0, LBA, 0, 0, 0, COUNT, 0, 0};
        return Example.of(0x9C)
                .writes()
                .sends(stand -> out(stand.fresh(COUNT), cdb))
                .limits(10, 7, 16)
                .limits(12, 7, 16)
                .then((stand, answer) -> {
                    assertStored(stand, stand.fresh(COUNT));
                    seen.accept(stand);
                });
    }

    private static Example verify(int opcode, int flags, Function<Stand, byte[]> data) {
        return Example.of(opcode).limits(1, 2, 2).sends(stand -> out(data.apply(stand), range(opcode, flags, COUNT)));
    }

    private static Example writeSame(int opcode, int flags) {
        return Example.of(opcode)
                .writes()
                .sends(stand -> out(stand.fresh(1), range(opcode, flags, COUNT)))
                .limits(opcode == 0x41 ? 7 : 10, 7, opcode == 0x41 ? 16 : 32);
    }

    /** UNMAP: the parameter list with one descriptor (SBC-3 5.28). */
    private static byte[] unmapList() {
        return ByteBuffer.allocate(24)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(0)
                .putLong(LBA)
                .putInt(COUNT)
                .array();
    }

    /** The three blocks have changed, and their neighbours have not. */
    static void assertStored(Stand stand, byte[] expected) {
        assertArrayEquals(expected, stand.stored(LBA, COUNT));
        assertArrayEquals(stand.pattern(LBA - 1, 1), stand.stored(LBA - 1, 1));
        assertArrayEquals(stand.pattern(LBA + COUNT, 1), stand.stored(LBA + COUNT, 1));
    }

    /** And VERIFY would have told a difference. */
    private static void differs(Stand stand, Answer same) {
        byte[] wrong = stand.pattern(LBA, COUNT);
        wrong[stand.blockBytes() + 5]++;
        Answer answer = stand.send(range(0x2F, 0x02, COUNT), wrong, 0);
        assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
        assertEquals(stand.blockBytes() + 5, answer.information());
    }

    private static byte[] twice(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] or(byte[] one, byte[] two) {
        byte[] both = one.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] |= two[i];
        }
        return both;
    }
}
