package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;

import java.util.List;

/** Examples of the commands of MMC-6. */
final class MultimediaExamples {
    private static final int ROOM = 4096;
    private static final int USER_DATA = 0x10;

    private MultimediaExamples() {}

    static List<Example> all() {
        return List.of(
                contents(0).then((stand, answer) -> assertEquals(20, answer.data().length)),
                contents(1).then((stand, answer) -> assertEquals(12, answer.data().length)),
                contents(2).then((stand, answer) -> assertEquals(48, answer.data().length)),
                Example.of(0x46)
                        .sends(in(ROOM, 0x46, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0))
                        .limits(1, 1, 2)
                        .allocates(7, 2)
                        .then((stand, answer) -> assertEquals(
                                answer.data().length - 4, answer.buffer().getInt(0))),
                Example.of(0x4A)
                        .sends(in(ROOM, 0x4A, 1, 0, 0, 0x10, 0, 0, ROOM >> 8, 0, 0))
                        .limits(1, 0, 1)
                        .allocates(7, 2)
                        .then((stand, answer) ->
                                assertArrayEquals(new byte[] {0, 6, 4, 0x50, 0, 2, 0, 0}, answer.data())),
                Example.of(0x51)
                        .sends(in(ROOM, 0x51, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0))
                        .limits(1, 2, 3)
                        .allocates(7, 2)
                        .then((stand, answer) -> assertEquals(34, answer.data().length)),
                Example.of(0x52)
                        .sends(in(ROOM, 0x52, 1, 0, 0, 0, 1, 0, ROOM >> 8, 0, 0))
                        .limits(1, 1, 2)
                        .limits(2, 7, 32)
                        .allocates(7, 2)
                        .then((stand, answer) ->
                                assertEquals(Stand.BLOCKS, answer.buffer().getInt(24))),
                Example.of(0xAD)
                        .sends(in(ROOM, 0xAD, 0, 0, 0, 0, 0, 0, 0xFF, ROOM >> 8, 0, 0, 0))
                        .limits(1, 3, 4)
                        .limits(6, 7, 8)
                        .limits(7, 7, 8)
                        .allocates(8, 2)
                        .then((stand, answer) -> assertEquals(8, answer.data().length)),
                Example.of(0xBD)
                        .sends(in(ROOM, 0xBD, 0, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0))
                        .allocates(8, 2)
                        .then((stand, answer) -> assertArrayEquals(new byte[8], answer.data())),
                Example.of(0xB9)
                        .sends(in(3 * 2048, 0xB9, 0, 0, 0, 2, 8, 0, 2, 11, USER_DATA, 0, 0))
                        .limits(1, 4, 3)
                        .limits(3, 7, 24)
                        .limits(6, 7, 24)
                        .then((stand, answer) -> assertArrayEquals(stand.pattern(8, 3), answer.data())),
                Example.of(0xBE)
                        .sends(in(3 * 2048, 0xBE, 0, 0, 0, 0, 8, 0, 0, 3, USER_DATA, 0, 0))
                        .limits(1, 4, 3)
                        .then((stand, answer) -> assertArrayEquals(stand.pattern(8, 3), answer.data())));
    }

    private static Example contents(int format) {
        return Example.of(0x43)
                .sends(in(ROOM, 0x43, 0, format, 0, 0, 0, 0, ROOM >> 8, 0, 0))
                .limits(2, 3, 4)
                .limits(6, 7, 8)
                .limits(9, 7, 2)
                .allocates(7, 2);
    }
}
