package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.nolies.Example.none;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.List;

/** Examples of SANITIZE and FORMAT UNIT (SBC-4): afterwards nothing of what was there is left. */
final class SanitizeExamples {
    private static final byte[] TWICE_INVERTED = {(byte) 0x82, 0, 0, 2, 0x12, 0x34};

    /** A long header, FOV and IP; a pattern of two bytes. */
    private static final byte[] FORMAT_LIST = {0, (byte) 0x88, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0x12, 0x34};

    private SanitizeExamples() {}

    static List<Example> all() {
        return List.of(
                Example.of(0x04)
                        .sends(none(0x04, 0, 0, 0, 0, 0))
                        .limits(1, 2, 3)
                        .writes()
                        .then((stand, answer) -> {
                            assertArrayEquals(
                                    new byte[Stand.BLOCKS * stand.blockBytes()], stand.stored(0, Stand.BLOCKS));
                            assertTrue(stand.witness().madeDurable());
                        }),
                Example.of(0x04)
                        .sends(out(FORMAT_LIST, 0x04, 0x38, 0, 0, 0, 0))
                        .limits(1, 2, 3)
                        .writes()
                        .then((stand, answer) -> assertArrayEquals(
                                pattern(Stand.BLOCKS * stand.blockBytes()), stand.stored(0, Stand.BLOCKS))),
                Example.of(0x48, 0x01)
                        .sends(out(TWICE_INVERTED, 0x48, 0x01, 0, 0, 0, 0, 0, 0, 6, 0))
                        .lists(7, 2)
                        .writes()
                        .then((stand, answer) -> {
                            assertArrayEquals(
                                    pattern(Stand.BLOCKS * stand.blockBytes()), stand.stored(0, Stand.BLOCKS));
                            assertTrue(stand.witness().madeDurable());
                        }),
                Example.of(0x48, 0x02)
                        .sends(none(0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0))
                        .limits(7, 7, 16)
                        .writes()
                        .then((stand, answer) -> {
                            assertArrayEquals(
                                    new byte[Stand.BLOCKS * stand.blockBytes()], stand.stored(0, Stand.BLOCKS));
                            assertTrue(stand.witness().madeDurable());
                        }),
                Example.of(0x48, 0x1F)
                        .sends(none(0x48, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0))
                        .limits(7, 7, 16)
                        .writes());
    }

    private static byte[] pattern(int bytes) {
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            pattern[i] = TWICE_INVERTED[4 + i % 2];
        }
        return pattern;
    }
}
