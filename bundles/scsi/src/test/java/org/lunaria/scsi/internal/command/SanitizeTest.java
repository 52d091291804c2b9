package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** SANITIZE (SBC-4 5.30): its parameters, and what is on the medium afterwards. */
class SanitizeTest {
    private static final int BYTES = Bench.BLOCK_BYTES * Bench.BLOCK_COUNT;

    private final ArrayBackend store = Bench.backend();
    private final Bench bench = Bench.of(store);
    private final Initiator initiator = bench.initiator();

    private Answer overwrite(int... list) {
        byte[] bytes = new byte[list.length];
        for (int i = 0; i < list.length; i++) {
            bytes[i] = (byte) list[i];
        }
        return overwrite(bytes);
    }

    private Answer overwrite(byte[] list) {
        return initiator.write(list, 0x48, 0x01, 0, 0, 0, 0, 0, list.length >> 8, list.length & 0xFF, 0);
    }

    private static void assertRefused(SenseCode code, String pointer, Answer answer) {
        assertEquals(ScsiStatus.CHECK_CONDITION, answer.status());
        assertEquals(code, answer.code());
        assertEquals(pointer, answer.pointer());
    }

    @Test
    void overwriteRepeatsItsPatternFromTheBeginOfEachBlock() {
        assertEquals(ScsiStatus.GOOD, overwrite(1, 0, 0, 3, 7, 8, 9).status());

        byte[] expected = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            expected[i] = (byte) (7 + i % Bench.BLOCK_BYTES % 3);
        }
        assertArrayEquals(expected, store.contents(0, BYTES));
    }

    @Test
    void theLastPassOfAnInvertedOverwriteWritesThePatternAsItIs() {
        for (int count = 1; count <= 3; count++) {
            overwrite(0x80 | count, 0, 0, 1, 0x5A);
            byte[] expected = new byte[BYTES];
            Arrays.fill(expected, (byte) 0x5A);
            assertArrayEquals(expected, store.contents(0, BYTES));
        }
    }

    @Test
    void thePatternMayBeAWholeBlockAndNoMore() {
        byte[] whole = new byte[4 + Bench.BLOCK_BYTES];
        whole[0] = 1;
        whole[2] = 2;
        assertEquals(ScsiStatus.GOOD, overwrite(whole).status());
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 7.7", overwrite(new byte[5 + Bench.BLOCK_BYTES]));
        whole[3] = 1;
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 2.7", overwrite(whole));
    }

    @Test
    void eachFieldOfTheListThatIsWrongIsPointedAt() {
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 0.4", overwrite(0, 0, 0, 1, 9));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 0.6", overwrite(0x21, 0, 0, 1, 9));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 1.7", overwrite(1, 1, 0, 1, 9));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 2.7", overwrite(1, 0, 0, 0, 9));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", overwrite(1, 0, 0, 2, 9));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 7.7", overwrite(1, 0, 0, 0));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.6", initiator.command(0x48, 0x42, 0, 0, 0, 0, 0, 0, 0, 0));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.4", initiator.command(0x48, 0x03, 0, 0, 0, 0, 0, 0, 0, 0));
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void blockEraseLeavesNothingMapped() {
        store.contents(4096, new byte[] {1, 2, 3});

        assertEquals(
                ScsiStatus.GOOD,
                initiator.command(0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0).status());

        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
        assertEquals(
                Mapping.HOLE, Procedure.value(store.extents(0, BYTES)).get(0).mapping());
        assertEquals(1, Procedure.value(store.extents(0, BYTES)).size());
    }

    @Test
    void whatTheStoreItselfKeepsOfOldDataIsDestroyedAtTheEnd() {
        overwrite(2, 0, 0, 1, 9);
        assertEquals(1, store.scrubs());
        initiator.command(0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0);
        assertEquals(2, store.scrubs());
    }

    @Test
    void exitFailureModeHasNothingToDoWhereNothingHasFailed() {
        assertEquals(
                ScsiStatus.GOOD,
                initiator.command(0x48, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 7.7", initiator.command(0x48, 0x1F, 0, 0, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void whatIsWriteProtectedIsNotSanitized() {
        ArrayBackend kept = Bench.backend();
        kept.contents(0, new byte[] {1});
        Initiator reader = Bench.readOnly(kept).initiator();

        assertRefused(SenseCode.WRITE_PROTECTED, "none", reader.command(0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0));

        assertEquals(1, kept.contents(0, 1)[0]);
    }
}
