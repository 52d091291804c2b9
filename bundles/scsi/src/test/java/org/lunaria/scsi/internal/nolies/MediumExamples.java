package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.nolies.BlockExamples.range;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of the commands of SBC-3 that are about the medium, and leave the contents of its blocks. */
final class MediumExamples {
    private static final int ROOM = 4096;

    private MediumExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.add(Example.of(0x1B)
                .sends(none(0x1B, 0, 0, 0, 0, 0))
                .then((stand, answer) ->
                        assertTestUnitReady(SenseCode.LOGICAL_UNIT_NOT_READY_INITIALIZING_COMMAND_REQUIRED, stand)));
        all.add(Example.of(0x1B).sends(MediumExamples::startAfterStop).then((stand, answer) -> assertReady(stand)));
        all.add(Example.of(0x1B)
                .on(UnitKind::removable)
                .sends(none(0x1B, 0, 0, 0, 2, 0))
                .then((stand, answer) -> assertTestUnitReady(stand.kind().notPresent(), stand)));
        all.add(Example.of(0x25).sends(in(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0)).then((stand, answer) -> {
            assertEquals(Stand.BLOCKS - 1, answer.buffer().getInt(0));
            assertEquals(stand.blockBytes(), answer.buffer().getInt(4));
        }));
        all.add(Example.of(0x9E, 0x10)
                .sends(in(ROOM, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                .allocates(10, 4)
                .then((stand, answer) -> {
                    assertEquals(Stand.BLOCKS - 1, answer.buffer().getLong(0));
                    assertEquals(stand.blockBytes(), answer.buffer().getInt(8));
                }));
        all.add(Example.of(0x9E, 0x12)
                .sends(in(ROOM, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, ROOM >> 8, 0, 0, 0))
                .allocates(10, 4)
                .limits(14, 7, 8)
                .then(MediumExamples::allMapped));
        for (int opcode : new int[] {0x34, 0x90}) {
            all.add(Example.of(opcode).sends(none(range(opcode, 0, 3))).answers(ScsiStatus.CONDITION_MET));
        }
        for (int opcode : new int[] {0x35, 0x91}) {
            all.add(Example.of(opcode)
                    .sends(none(range(opcode, 0, 3)))
                    .then((stand, answer) -> assertTrue(stand.witness().flushes() > 0)));
        }
        all.add(Example.of(0x37)
                .sends(in(ROOM, 0x37, 0, 0x18, 0, 0, 0, 0, ROOM >> 8, 0, 0))
                .limits(2, 2, 3)
                .allocates(7, 2)
                .then((stand, answer) -> assertEquals(0x18, answer.data()[1])));
        all.add(Example.of(0xB7)
                .sends(in(ROOM, 0xB7, 0x18, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                .limits(1, 2, 3)
                .allocates(6, 4)
                .then((stand, answer) -> assertEquals(0x18, answer.data()[1])));
        return all;
    }

    private static Example.Request startAfterStop(Stand stand) {
        stand.initiator().command(0x1B, 0, 0, 0, 0, 0);
        return none(0x1B, 0, 0, 0, 1, 0);
    }

    private static void assertReady(Stand stand) {
        assertEquals(ScsiStatus.GOOD, stand.initiator().command(0x00).status());
    }

    private static void assertTestUnitReady(SenseCode expected, Stand stand) {
        assertEquals(expected, stand.initiator().command(0x00).code());
    }

    /** GET LBA STATUS from block 8 on: one descriptor to the end. */
    private static void allMapped(Stand stand, Answer answer) {
        assertEquals(24, answer.data().length);
        assertEquals(20, answer.buffer().getInt(0));
        assertEquals(8, answer.buffer().getLong(8));
        assertEquals(Stand.BLOCKS - 8, answer.buffer().getInt(16));
        assertTrue(answer.data()[20] == 0);
    }
}
