package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** FORMAT UNIT (SBC-3 5.3): its parameters, and what is on the medium afterwards. */
class FormatUnitTest {
    private static final int BYTES = Bench.BLOCK_BYTES * Bench.BLOCK_COUNT;
    private static final int SHORT = 0x10;
    private static final int LONG = 0x30;

    private final ArrayBackend store = Bench.backend();
    private final Initiator initiator = Bench.of(store).initiator();

    private Answer format(int flags, int... list) {
        byte[] bytes = new byte[list.length];
        for (int i = 0; i < list.length; i++) {
            bytes[i] = (byte) list[i];
        }
        return initiator.write(bytes, 0x04, flags, 0, 0, 0, 0);
    }

    private void assertRefused(SenseCode code, String pointer, Answer answer) {
        assertEquals(ScsiStatus.CHECK_CONDITION, answer.status());
        assertEquals(code, answer.code());
        assertEquals(pointer, answer.pointer());
        assertEquals(7, store.contents(0, 1)[0]);
    }

    private void assertWrong(String pointer, Answer answer) {
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, pointer, answer);
    }

    @Test
    void withoutAListAllReadsAsZeroesAndIsUnmapped() {
        store.contents(0, new byte[] {7});

        Answer answer = format(0);

        assertEquals(ScsiStatus.GOOD, answer.status());
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
        assertEquals(
                Mapping.HOLE, Procedure.value(store.extents(0, BYTES)).get(0).mapping());
    }

    @Test
    void thePatternIsRepeatedFromTheBeginOfEachBlock() {
        assertEquals(
                ScsiStatus.GOOD,
                format(SHORT, 0, 0x88, 0, 0, 0, 1, 0, 3, 7, 8, 9).status());

        byte[] expected = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            expected[i] = (byte) (7 + i % Bench.BLOCK_BYTES % 3);
        }
        assertArrayEquals(expected, store.contents(0, BYTES));
    }

    @Test
    void bothHeadersAreTaken() {
        assertEquals(ScsiStatus.GOOD, format(SHORT, 0, 0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, format(LONG, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, format(SHORT | 8, 0, 0xF0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, format(SHORT, 0, 2, 0, 0).status());
        assertEquals(
                ScsiStatus.GOOD,
                format(LONG, 0, 0x88, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).status());
    }

    @Test
    void whatTheInitiatorSendsTooMuchIsLeftOver() {
        assertEquals(5, format(SHORT, 0, 0, 0, 0, 1, 2, 3, 4, 5).residual());
        assertEquals(1, format(SHORT, 0, 0x88, 0, 0, 0, 1, 0, 1, 9, 9).residual());
    }

    @Test
    void eachFieldThatIsWrongIsPointedAt() {
        store.contents(0, new byte[] {7});
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.7", format(0x80));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.2", format(0x01));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.2", format(SHORT | 6, 0, 0, 0, 0));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, "CDB 4.1", initiator.command(0x04, 0, 0, 0, 2, 0));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", format(SHORT, 0, 0, 0));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", format(LONG, 0, 0, 0, 0));
        assertWrong("list 0.2", format(SHORT, 1, 0, 0, 0));
        assertWrong("list 0.7", format(SHORT, 8, 0, 0, 0));
        assertWrong("list 1.6", format(SHORT, 0, 0x40, 0, 0));
        assertWrong("list 1.6", format(SHORT, 0, 0x08, 0, 0, 0, 0, 0, 0));
        assertWrong("list 1.2", format(SHORT, 0, 0x84, 0, 0));
        assertWrong("list 1.0", format(SHORT, 0, 0x01, 0, 0));
        assertWrong("list 2.7", format(SHORT, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 2));
        assertWrong("list 3.3", format(LONG, 0, 0, 0, 1, 0, 0, 0, 0));
        assertWrong("list 3.7", format(LONG, 0, 0, 0, 0x10, 0, 0, 0, 0));
        assertWrong("list 4.7", format(LONG, 0, 0, 0, 0, 0, 0, 0, 8));
    }

    @Test
    void eachFieldOfThePatternThatIsWrongIsPointedAt() {
        store.contents(0, new byte[] {7});
        assertWrong("list 4.5", format(SHORT, 0, 0x88, 0, 0, 0x20, 1, 0, 1, 9));
        assertWrong("list 4.7", format(SHORT, 0, 0x88, 0, 0, 0x40, 1, 0, 1, 9));
        assertWrong("list 5.7", format(SHORT, 0, 0x88, 0, 0, 0, 2, 0, 1, 9));
        assertWrong("list 6.7", format(SHORT, 0, 0x88, 0, 0, 0, 0, 0, 1, 9));
        assertWrong("list 6.7", format(SHORT, 0, 0x88, 0, 0, 0, 1, 0, 0));
        assertWrong("list 10.7", format(LONG, 0, 0x88, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", format(SHORT, 0, 0x88, 0, 0, 0, 1, 0, 2, 9));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", format(SHORT, 0, 0x88, 0, 0, 0, 1, 0));
    }
}
