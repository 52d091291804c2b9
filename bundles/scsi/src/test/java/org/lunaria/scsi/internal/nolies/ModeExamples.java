package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.List;
import org.lunaria.scsi.internal.unit.Answer;

/** Examples of MODE SELECT. */
final class ModeExamples {
    private static final int PF = 0x10;
    private static final int WCE = 0x04;
    private static final int CACHING = 0x08;

    private ModeExamples() {}

    static List<Example> all() {
        byte[] six = cacheOff(4);
        byte[] ten = cacheOff(8);
        return List.of(
                Example.of(0x15)
                        .sends(out(new byte[4], 0x15, PF, 0, 0, 4, 0))
                        .lists(4, 1)
                        .then(ModeExamples::nothing),
                Example.of(0x55)
                        .sends(out(new byte[8], 0x55, PF, 0, 0, 0, 0, 0, 0, 8, 0))
                        .lists(7, 2)
                        .then(ModeExamples::nothing),
                Example.of(0x15)
                        .on(kind -> !kind.isCdrom())
                        .sends(out(six, 0x15, PF, 0, 0, six.length, 0))
                        .lists(4, 1)
                        .limits(1, 4, 1)
                        .then(ModeExamples::cacheIsOff),
                Example.of(0x55)
                        .on(kind -> !kind.isCdrom())
                        .sends(out(ten, 0x55, PF, 0, 0, 0, 0, 0, 0, ten.length, 0))
                        .lists(7, 2)
                        .limits(1, 4, 1)
                        .then(ModeExamples::cacheIsOff));
    }

    private static byte[] cacheOff(int headerBytes) {
        byte[] list = new byte[headerBytes + 20];
        list[headerBytes] = CACHING;
        list[headerBytes + 1] = 18;
        return list;
    }

    private static void nothing(Stand stand, Answer answer) {
        assertEquals(0, answer.residual());
    }

    private static void cacheIsOff(Stand stand, Answer answer) {
        byte[] page = stand.initiator().read(255, 0x1A, 8, CACHING, 0, 255, 0).data();
        assertEquals(0, page[4 + 2] & WCE);
        assertTrue(stand.initiator().command(0x00).sense().length == 0);
    }
}
