package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;

import java.util.List;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of the commands of SPC-4. */
final class PrimaryExamples {
    private static final int ROOM = 8192;

    private PrimaryExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0x00).sends(none(0x00, 0, 0, 0, 0, 0)),
                Example.of(0x03)
                        .sends(in(252, 0x03, 0, 0, 0, 252, 0))
                        .allocates(4, 1)
                        .then((stand, answer) -> assertEquals(0x70, answer.data()[0])),
                Example.of(0x03)
                        .sends(in(252, 0x03, 1, 0, 0, 252, 0))
                        .allocates(4, 1)
                        .then((stand, answer) -> assertEquals(0x72, answer.data()[0])),
                Example.of(0x12)
                        .sends(in(ROOM, 0x12, 0, 0, ROOM >> 8, 0, 0))
                        .allocates(3, 2)
                        .limits(2, 7, 8)
                        .then((stand, answer) -> assertEquals(answer.data()[4] & 0xFF, answer.data().length - 5)),
                Example.of(0x12)
                        .sends(in(ROOM, 0x12, 1, 0x83, ROOM >> 8, 0, 0))
                        .allocates(3, 2)
                        .limits(2, 7, 8)
                        .then((stand, answer) -> assertEquals(answer.buffer().getShort(2), answer.data().length - 4)),
                pages(Example.of(0x1A), 4, 1)
                        .on(kind -> !kind.isCdrom())
                        .sends(in(255, 0x1A, 0, 0x08, 0, 255, 0))
                        .then((stand, answer) -> assertEquals(answer.data()[0] & 0xFF, answer.data().length - 1)),
                pages(Example.of(0x1A), 4, 1)
                        .on(UnitKind::isCdrom)
                        .sends(in(255, 0x1A, 0, 0x2A, 0, 255, 0))
                        .then((stand, answer) -> assertEquals(0x2A, answer.data()[4])),
                pages(Example.of(0x5A), 7, 2)
                        .sends(in(ROOM, 0x5A, 0, 0x3F, 0, 0, 0, 0, ROOM >> 8, 0, 0))
                        .then((stand, answer) -> assertEquals(answer.buffer().getShort(0), answer.data().length - 2)),
                Example.of(0xA0)
                        .sends(in(ROOM, 0xA0, 0, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                        .allocates(6, 4)
                        .limits(2, 7, 8)
                        .then((stand, answer) -> assertEquals(answer.buffer().getInt(0), answer.data().length - 8)),
                Example.of(0xA3, 0x0C)
                        .sends(in(ROOM, 0xA3, 0x0C, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                        .allocates(6, 4)
                        .limits(2, 2, 3)
                        .limits(3, 7, 8)
                        .limits(4, 7, 16)
                        .then((stand, answer) -> assertEquals(answer.buffer().getInt(0), answer.data().length - 4)),
                Example.of(0xA3, 0x0D)
                        .sends(in(ROOM, 0xA3, 0x0D, 0x80, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                        .allocates(6, 4)
                        .atLeast(4)
                        .then((stand, answer) -> assertEquals(16, answer.data().length)),
                Example.of(0x1E)
                        .on(UnitKind::removable)
                        .sends(none(0x1E, 0, 0, 0, 1, 0))
                        .limits(4, 1, 2)
                        .then(PrimaryExamples::cannotBeEjected));
    }

    /** MODE SENSE: a list of pages, current or otherwise. */
    private static Example pages(Example example, int allocationAt, int allocationBytes) {
        return example.allocates(allocationAt, allocationBytes)
                .limits(2, 5, 6)
                .limits(3, 7, 8)
                .limits(2, 7, 2);
    }

    private static void cannotBeEjected(Stand stand, Answer prevented) {
        Answer ejected = stand.initiator().command(0x1B, 0, 0, 0, 2, 0);
        assertEquals(SenseCode.MEDIUM_REMOVAL_PREVENTED, ejected.code());
        assertTrue(stand.initiator().command(0x00).sense().length == 0);
    }
}
