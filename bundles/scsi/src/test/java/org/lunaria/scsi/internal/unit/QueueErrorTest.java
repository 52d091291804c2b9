package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** What a CHECK CONDITION does to other commands, by QERR of the Control mode page (SPC-4 7.5.8). */
class QueueErrorTest {
    private static final int NOTHING = 0b00;
    private static final int ALL = 0b01;
    private static final int OWN = 0b11;

    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.withTaskAbortedStatus(slow, new ManualTimer());
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private static Answer select(Initiator by, int qErr, boolean answers, int flags) {
        byte[] list = by.read(255, 0x5A, 8, 0x0A, 0, 0, 0, 0, 0, 255, 0).data();
        list[0] = 0;
        list[1] = 0;
        list[8] &= 0x7F;
        list[8 + 3] &= (byte) ~0x06;
        list[8 + 3] |= (byte) (qErr << 1);
        list[8 + 5] = (byte) (answers ? 0x40 : 0);
        return by.write(list, 0x55, 0x10 | flags, 0, 0, 0, 0, 0, 0, list.length, 0);
    }

    private void use(int qErr, boolean taskAbortedStatus) {
        assertEquals(ScsiStatus.GOOD, select(one, qErr, taskAbortedStatus, 0).status());
        two.command(0x00);
    }

    private static int qErr(Initiator by, int control) {
        return by.read(255, 0x5A, 8, control << 6 | 0x0A, 0, 0, 0, 0, 0, 255, 0).data()[8 + 3] >> 1 & 3;
    }

    /** A command that ends with CHECK CONDITION in its handler: a range beyond the medium. */
    private static Sent fail(Initiator by) {
        return by.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 512, false), 0x28, 0, 0x7F, 0, 0, 0, 0, 0, 1, 0);
    }

    private static SenseCode heard(Initiator by) {
        Answer answer = by.command(0x00);
        return answer.status() == ScsiStatus.GOOD ? SenseCode.NO_ADDITIONAL_SENSE_INFORMATION : answer.code();
    }

    @Test
    void byDefaultAFailureEndsNothingElse() {
        assertEquals(NOTHING, qErr(one, 0));
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, fail(one).answer().code());
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, mine.answer().status());
    }

    @Test
    void allCommandsAreAbortedAndOthersHearOfTheirs() {
        use(ALL, false);
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        Sent failed = fail(one);
        slow.releaseAll();
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, failed.answer().code());
        for (Sent aborted : new Sent[] {mine, others}) {
            assertFalse(aborted.isAnswered());
            assertTrue(aborted.transfer().isCancelled());
        }
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(one));
        assertEquals(SenseCode.COMMANDS_CLEARED_BY_ANOTHER_INITIATOR, heard(two));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @Test
    void withTaskAbortedStatusOthersAreAnswered() {
        use(ALL, true);
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        fail(one);
        slow.releaseAll();
        assertEquals(ScsiStatus.TASK_ABORTED, others.answer().status());
        assertFalse(mine.isAnswered());
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTheNexusAloneCommandsAreAborted(boolean taskAbortedStatus) {
        use(OWN, taskAbortedStatus);
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        fail(one);
        slow.releaseAll();
        assertFalse(mine.isAnswered());
        assertTrue(mine.transfer().isCancelled());
        assertEquals(ScsiStatus.GOOD, others.answer().status());
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @Test
    void theFailureIsToldWhenWhatItAbortedMovesNothingAnyMore() {
        use(ALL, false);
        two.beginRead(TaskAttribute.SIMPLE);
        Sent failed = fail(one);
        assertFalse(failed.isAnswered());
        slow.releaseAll();
        assertEquals(ScsiStatus.CHECK_CONDITION, failed.answer().status());
    }

    @Test
    void aCommandThatIsRefusedAtOnceAbortsToo() {
        use(OWN, false);
        for (int[] refused : new int[][] {{0xFF}, {0x00, 1}, {0x1A, 0, 0x3E, 0, 255, 0}}) {
            Sent mine = one.beginRead(TaskAttribute.SIMPLE);
            Sent failed = one.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 255, false), refused);
            slow.releaseAll();
            assertEquals(ScsiStatus.CHECK_CONDITION, failed.answer().status());
            assertFalse(mine.isAnswered());
        }
    }

    @Test
    void aUnitAttentionAbortsToo() {
        use(OWN, false);
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        bench.access(one).attentions().establish(UnitAttention.CAPACITY_CHANGE);
        Sent told = one.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x00);
        slow.releaseAll();
        assertEquals(SenseCode.CAPACITY_DATA_HAS_CHANGED, told.answer().code());
        assertFalse(mine.isAnswered());
    }

    @Test
    void twoFailuresAtOnceDoNotWaitForEachOther() {
        use(ALL, false);
        one.beginRead(TaskAttribute.SIMPLE);
        Sent first = fail(one);
        Sent second = fail(two);
        slow.releaseAll();
        assertEquals(ScsiStatus.CHECK_CONDITION, first.answer().status());
        assertEquals(ScsiStatus.CHECK_CONDITION, second.answer().status());
    }

    @Test
    void otherStatusesAbortNothing() {
        use(ALL, false);
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        ReserveCommands.register(two, 0, 2);
        ReserveCommands.reserve(two, 2, ReservationType.EXCLUSIVE_ACCESS);
        assertEquals(
                ScsiStatus.RESERVATION_CONFLICT,
                one.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).status());
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, mine.answer().status());
    }

    @Test
    void theReservedValueIsRefused() {
        Answer answer = select(one, 0b10, false, 0);
        assertEquals(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, answer.code());
        assertEquals("list 11.2", answer.pointer());
        assertEquals(NOTHING, qErr(one, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {ALL, OWN})
    void itIsSavedAndTold(int value) {
        assertEquals(ScsiStatus.GOOD, select(one, value, true, 1).status());
        assertEquals(value, qErr(one, 3));
        assertEquals(NOTHING, qErr(one, 2));
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, heard(two));
        one.manage(Function.LOGICAL_UNIT_RESET, 0);
        heard(one);
        assertEquals(value, qErr(one, 0));
        Initiator later = bench.afterPowerLoss(Bench.backend()).initiator("later");
        assertEquals(value, qErr(later, 0));
    }
}
