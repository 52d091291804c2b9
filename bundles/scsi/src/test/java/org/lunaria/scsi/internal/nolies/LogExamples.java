package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;

import java.util.List;

/** Examples of the commands for logs (SPC-4). */
final class LogExamples {
    private LogExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0x4C)
                        .sends(stand -> {
                            stand.initiator().read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0);
                            return none(0x4C, 2, 0x19, 0, 0, 0, 0, 0, 0, 0);
                        })
                        .limits(1, 1, 1)
                        .limits(2, 5, 6)
                        .limits(3, 7, 8)
                        .lists(7, 2)
                        .then((stand, answer) -> assertEquals(
                                0,
                                stand.initiator()
                                        .read(255, 0x4D, 0, 0x40 | 0x19, 0, 0, 0, 0, 0, 255, 0)
                                        .buffer()
                                        .getLong(8))),
                Example.of(0x4D)
                        .sends(in(255, 0x4D, 0, 0x40 | 0x2F, 0, 0, 0, 0, 0, 255, 0))
                        .allocates(7, 2)
                        .limits(2, 7, 2)
                        .limits(2, 5, 6)
                        .limits(3, 7, 8)
                        .limits(5, 7, 16)
                        .then((stand, answer) -> assertEquals(0x2F, answer.data()[0] & 0x3F)));
    }
}
