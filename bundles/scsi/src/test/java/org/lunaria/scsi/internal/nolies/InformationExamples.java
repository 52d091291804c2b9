package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.Arrays;
import java.util.List;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of the commands by which initiators note something at a unit (SPC-4). */
final class InformationExamples {
    private static final byte[] TEXT = {'d', 'b', '1', 0};
    private static final byte[] TIME = {0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0};

    private InformationExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0xA3, 0x05)
                        .sends(stand -> {
                            stand.send(set());
                            return in(512, 0xA3, 0x05, 0, 0, 0, 0, 0, 0, 2, 0, 0x04, 0);
                        })
                        .allocates(6, 4)
                        .limits(10, 7, 7)
                        .then((stand, answer) -> assertArrayEquals(TEXT, information(answer))),
                Example.of(0xA3, 0x0F)
                        .sends(in(255, 0xA3, 0x0F, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0))
                        .allocates(6, 4)
                        .then((stand, answer) -> assertEquals(0b011, answer.data()[2])),
                Example.of(0xA4, 0x06)
                        .sends(set())
                        .lists(6, 4)
                        .limits(10, 7, 7)
                        .then((stand, answer) -> assertArrayEquals(
                                TEXT, information(stand.send(in(512, 0xA3, 0x05, 0, 0, 0, 0, 0, 0, 2, 0, 0x04, 0))))),
                Example.of(0xA4, 0x0F)
                        .sends(out(TIME, 0xA4, 0x0F, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0))
                        .lists(6, 4)
                        .then((stand, answer) -> assertEquals(
                                0x40,
                                stand.send(in(255, 0xA3, 0x0F, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0))
                                        .data()[4])));
    }

    private static Example.Request set() {
        return out(TEXT, 0xA4, 0x06, 0, 0, 0, 0, 0, 0, 0, TEXT.length, 0x04, 0);
    }

    private static byte[] information(Answer answer) {
        return Arrays.copyOfRange(answer.data(), 4, answer.data().length);
    }
}
