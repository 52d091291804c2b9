package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** LOG SENSE (SPC-4 6.8, 7.3). */
class LogSenseTest {
    private static final int CUMULATIVE = 0x40;

    private final Initiator initiator = Bench.of(Bench.backend()).initiator().ready();

    private Answer sense(int control, int page, int subpage) {
        return initiator.read(255, 0x4D, 0, control | page, subpage, 0, 0, 0, 0, 255, 0);
    }

    private String page(int page, int subpage) {
        return HexFormat.of().formatHex(sense(CUMULATIVE, page, subpage).data());
    }

    @Test
    void thePagesThatThereAreAreListed() {
        assertEquals("80000003" + "00102f", page(0x00, 0x00));
        assertEquals("c0ff0008" + "0000" + "00ff" + "1000" + "2f00", page(0x00, 0xFF));
    }

    @Test
    void noExceptionIsPendingAndNoTemperatureKnown() {
        assertEquals("af000008" + "0000" + "03" + "04" + "0000" + "ff" + "00", page(0x2F, 0x00));
    }

    @Test
    void whatIsNotThereIsRefusedAtItsField() {
        assertEquals("CDB 2.5", sense(CUMULATIVE, 0x19, 0).pointer());
        assertEquals("CDB 3.7", sense(CUMULATIVE, 0x2F, 1).pointer());
        assertEquals("CDB 3.7", sense(CUMULATIVE, 0x2F, 0xFF).pointer());
    }

    @Test
    void thereAreCumulativeValuesOnly() {
        for (int control : new int[] {0x00, 0x80, 0xC0}) {
            Answer answer = sense(control, 0x2F, 0);
            assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
            assertEquals("CDB 2.7", answer.pointer());
        }
    }

    @Test
    void nothingIsSavedAndNoParameterIsBegunWith() {
        assertEquals(
                "CDB 1.0",
                initiator.read(255, 0x4D, 1, 0x6F, 0, 0, 0, 0, 0, 255, 0).pointer());
        assertEquals(
                "CDB 5.7",
                initiator.read(255, 0x4D, 0, 0x6F, 0, 0, 0, 1, 0, 255, 0).pointer());
    }
}
