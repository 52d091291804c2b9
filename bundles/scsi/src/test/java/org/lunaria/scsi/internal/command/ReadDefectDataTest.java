package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** READ DEFECT DATA (10) and (12) (SBC-3). */
class ReadDefectDataTest {
    private static final int BOTH_LISTS = 0x18;

    private final Initiator initiator = Bench.of(Bench.backend()).initiator();

    private Answer ten(int listsAndFormat, int length) {
        return initiator.read(255, 0x37, 0, listsAndFormat, 0, 0, 0, 0, 0, length, 0);
    }

    private Answer twelve(int listsAndFormat, int length) {
        return initiator.read(255, 0xB7, listsAndFormat, 0, 0, 0, 9, 0, 0, 0, length, 0, 0);
    }

    private static String hex(Answer answer) {
        return HexFormat.of().formatHex(answer.data());
    }

    @Test
    void theListsThatAreAskedForAreThereAndEmptyInEachFormat() {
        for (int format = 0; format < 7; format++) {
            assertEquals("00%02x0000".formatted(BOTH_LISTS | format), hex(ten(BOTH_LISTS | format, 255)));
            assertEquals("00%02x000000000000".formatted(8 | format), hex(twelve(8 | format, 255)));
        }
        assertEquals("00000000", hex(ten(0, 255)));
    }

    @Test
    void theHeaderIsCutOffAtTheAllocationLength() {
        assertEquals("0018", hex(ten(BOTH_LISTS, 2)));
        assertEquals("0018000000", hex(twelve(BOTH_LISTS, 5)));
        assertEquals("", hex(ten(BOTH_LISTS, 0)));
    }

    @Test
    void theReservedFormatIsRefusedAtItsField() {
        assertEquals("CDB 2.2", ten(7, 255).pointer());
        assertEquals("CDB 1.2", twelve(7, 255).pointer());
    }
}
