package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

class ReportSupportedOperationCodesTest {
    private static final int ALL = 0;
    private static final int BY_OPCODE = 1;
    private static final int BY_ACTION = 2;
    private static final int BY_EITHER = 3;
    private static final int RCTD = 0x80;

    private final Initiator initiator = Bench.of(Bench.backend()).initiator();

    private Answer report(int options, int opcode, int action) {
        return initiator.read(65535, 0xA3, 0x0C, options, opcode, action >> 8, action, 0, 0, 0xFF, 0xFF, 0, 0);
    }

    private static List<Command> offered() {
        return CommandTable.STANDARD.rows().stream()
                .filter(command -> !command.traits().contains(Trait.REMOVABLE_MEDIUM)
                        && !command.traits().contains(Trait.MULTIMEDIA))
                .toList();
    }

    @Test
    void allCommandsAreThoseOfTheTableThatTheUnitHas() {
        ByteBuffer list = report(ALL, 0, 0).buffer();
        assertEquals(8 * offered().size(), list.getInt());
        for (Command command : offered()) {
            assertEquals(command.opcode(), list.get() & 0xFF);
            assertEquals(0, list.get());
            assertEquals(command.serviceAction().orElse(0), list.getShort());
            assertEquals(0, list.get());
            assertEquals(command.serviceAction().isPresent() ? 1 : 0, list.get());
            assertEquals(command.cdb().lengthBytes(), list.getShort());
        }
        assertFalse(list.hasRemaining());
    }

    @Test
    void timeoutsAreAddedWhereTheyAreAskedFor() {
        ByteBuffer list = report(ALL | RCTD, 0, 0).buffer();
        assertEquals(20 * offered().size(), list.getInt(0));
        assertEquals(2, list.get(4 + 5) & 2);
        assertEquals(10, list.getShort(4 + 8));
        byte[] one = report(BY_OPCODE | RCTD, 0x28, 0).data();
        assertEquals((byte) 0x83, one[1]);
        assertEquals("000a0000" + "0000001e" + "0000003c", HexFormat.of().formatHex(one, 14, 26));
    }

    @Test
    void oneCommandIsReportedWithTheBitsThatCount() {
        for (Command command : offered()) {
            boolean hasActions = command.serviceAction().isPresent();
            int action = command.serviceAction().orElse(0);
            byte[] data = report(hasActions ? BY_ACTION : BY_OPCODE, command.opcode(), action)
                    .data();
            byte[] usage = command.cdb().usage(trait -> trait != Trait.REMOVABLE_MEDIUM);
            assertEquals(3, data[1]);
            assertEquals(usage.length, ByteBuffer.wrap(data).getShort(2));
            assertArrayEquals(usage, Arrays.copyOfRange(data, 4, data.length));
            assertArrayEquals(data, report(BY_EITHER, command.opcode(), action).data());
            assertEquals(
                    hasActions ? "CDB 3.7" : "CDB 4.7",
                    report(hasActions ? BY_OPCODE : BY_ACTION, command.opcode(), action)
                            .pointer());
        }
    }

    @Test
    void whatThereIsNotIsReportedAsNotSupported() {
        assertEquals(
                "00010000", HexFormat.of().formatHex(report(BY_OPCODE, 0x8D, 0).data()));
        assertEquals(
                "00010000",
                HexFormat.of().formatHex(report(BY_ACTION, 0x9E, 0x11).data()));
        assertEquals(
                "00010000", HexFormat.of().formatHex(report(BY_EITHER, 0x28, 1).data()));
        assertEquals(
                "00010000", HexFormat.of().formatHex(report(BY_OPCODE, 0x1E, 0).data()));
    }

    @Test
    void reservedOptionsAreRefusedAtTheirField() {
        for (int options = 4; options < 8; options++) {
            assertEquals("CDB 2.2", report(options, 0, 0).pointer());
        }
    }

    @Test
    void aRemovableUnitHasMoreCommands() {
        Initiator other = Bench.removable(Bench.backend()).initiator();
        Answer answer = other.read(64, 0xA3, 0x0C, BY_OPCODE, 0x1E, 0, 0, 0, 0, 0, 64, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(3, answer.data()[1]);
    }
}
