package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.nio.ByteBuffer;
import java.util.List;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.internal.unit.TargetPortGroups;

/** Examples of the commands of asymmetric logical unit access (SPC-4 5.15): what they tell is what VPD page 83h tells. */
final class AsymmetricAccessExamples {
    private static final int PORT = 4;
    private static final int GROUP = 5;

    private AsymmetricAccessExamples() {}

    static List<Example> all() {
        return List.of(
                example(0b000, 4),
                example(0b001, 8).then((stand, answer) -> {
                    assertEquals(0x10, answer.data()[4]);
                    check(stand, answer.buffer(), 8);
                }),
                set());
    }

    private static Example set() {
        return Example.of(0xA4, 0x0A)
                .sends(stand -> {
                    byte[] list = TargetPortGroups.list(
                            AccessState.ACTIVE_NON_OPTIMIZED.code(), TargetPortGroups.group(stand.initiator()));
                    return out(list, 0xA4, 0x0A, 0, 0, 0, 0, 0, 0, 0, list.length, 0, 0);
                })
                .lists(6, 4)
                .then((stand, answer) ->
                        assertEquals(AccessState.ACTIVE_NON_OPTIMIZED, TargetPortGroups.state(stand.initiator())));
    }

    private static Example example(int format, int headerBytes) {
        return Example.of(0xA3, 0x0A)
                .sends(in(4096, 0xA3, format << 5 | 0x0A, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0))
                .allocates(6, 4)
                .limits(1, 7, 3)
                .then((stand, answer) -> check(stand, answer.buffer(), headerBytes));
    }

    /** One group, active/optimized, of five states that it may be in, with the port that the command came through first. */
    private static void check(Stand stand, ByteBuffer data, int headerBytes) {
        assertEquals(data.limit() - 4, data.getInt(0));
        assertEquals(0x00, data.get(headerBytes));
        assertEquals((byte) 0x8F, data.get(headerBytes + 1));
        assertEquals(designator(stand, GROUP), data.getShort(headerBytes + 2));
        assertEquals(1, data.get(headerBytes + 7));
        assertEquals(designator(stand, PORT), data.getShort(headerBytes + 10));
        assertEquals(headerBytes + 12, data.limit());
    }

    /** The number that a designator of a type has. */
    private static short designator(Stand stand, int type) {
        ByteBuffer page = ByteBuffer.wrap(VpdChecks.page(stand.initiator(), 0x83));
        int at = 4;
        while ((page.get(at + 1) & 0x0F) != type) {
            at += 4 + page.get(at + 3);
        }
        return page.getShort(at + 6);
    }
}
