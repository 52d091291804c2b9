package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;

import java.util.List;

/** Examples of the commands for logs (SPC-4). */
final class LogExamples {
    private LogExamples() {}

    static List<Example> all() {
        return List.of(Example.of(0x4D)
                .sends(in(255, 0x4D, 0, 0x40 | 0x2F, 0, 0, 0, 0, 0, 255, 0))
                .allocates(7, 2)
                .limits(2, 7, 2)
                .limits(2, 5, 6)
                .limits(3, 7, 8)
                .limits(5, 7, 16)
                .then((stand, answer) -> assertEquals(0x2F, answer.data()[0] & 0x3F)));
    }
}
