package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.List;

/** Examples of SEND DIAGNOSTIC and RECEIVE DIAGNOSTIC RESULTS (SPC-4). */
final class DiagnosticExamples {
    private static final byte[] PAGES = {0, 0, 0, 1, 0};

    private DiagnosticExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0x1C)
                        .sends(in(64, 0x1C, 1, 0, 0, 64, 0))
                        .allocates(3, 2)
                        .limits(2, 7, 8)
                        .then((stand, answer) -> assertArrayEquals(PAGES, answer.data())),
                fields(Example.of(0x1D)).sends(none(0x1D, 0x04, 0, 0, 0, 0)),
                fields(Example.of(0x1D)).sends(out(new byte[4], 0x1D, 0x10, 0, 0, 4, 0)),
                fields(Example.of(0x1D))
                        .sends(none(0x1D, 0xA0, 0, 0, 0, 0))
                        .then((stand, answer) -> assertEquals(0xA0, lastCode(stand))),
                fields(Example.of(0x1D))
                        .sends(none(0x1D, 0x20, 0, 0, 0, 0))
                        .then((stand, answer) -> assertEquals(0x20, lastCode(stand))));
    }

    private static Example fields(Example example) {
        return example.lists(3, 2).limits(1, 7, 3).limits(1, 4, 1);
    }

    private static int lastCode(Stand stand) {
        return stand.send(in(64, 0x4D, 0, 0x50, 0, 0, 0, 0, 0, 64, 0)).data()[8] & 0xE0;
    }
}
