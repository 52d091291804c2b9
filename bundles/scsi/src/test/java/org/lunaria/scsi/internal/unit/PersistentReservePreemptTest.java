package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_ALL_REGISTRANTS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_REGISTRANTS_ONLY;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** PERSISTENT RESERVE OUT: PREEMPT, and PREEMPT AND ABORT (SPC-4 5.13). */
class PersistentReservePreemptTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    private static final int[] READ_A_BLOCK = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final SlowBackend slow = new SlowBackend(backend);
    private final Bench bench = Bench.of(backend);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");
    private final Initiator three = bench.initiator("three");

    private static ScsiStatus write(Initiator by) {
        return by.write(new byte[512], WRITE_A_BLOCK).status();
    }

    private void registerAll() {
        assertGood(register(one, 0, 1));
        assertGood(register(two, 0, 2));
        assertGood(register(three, 0, 3));
    }

    @Test
    void preemptingTheHolderTakesItsPlace() {
        registerAll();
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE));
        assertGood(preempt(two, 2, 1, WRITE_EXCLUSIVE));
        assertEquals("2 1", reservation(two));
        assertEquals(List.of(2L, 3L), keys(two));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, one);
        assertHearsNothing(two);
        assertHearsNothing(three);
        assertEquals(4, generation(two));
        assertGood(preempt(two, 2, 2, EXCLUSIVE_ACCESS));
        assertEquals("2 3", reservation(two));
        assertHears(SenseCode.RESERVATIONS_RELEASED, three);
    }

    @Test
    void preemptingAnotherKeyOnlyRemovesItsRegistrations() {
        registerAll();
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE_REGISTRANTS_ONLY));
        assertGood(preempt(one, 1, 3, EXCLUSIVE_ACCESS));
        assertEquals("1 5", reservation(one));
        assertEquals(List.of(1L, 2L), keys(one));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, three);
        assertHearsNothing(two);
        assertConflict(preempt(one, 1, 3, EXCLUSIVE_ACCESS));
        assertGood(preempt(two, 2, 2, WRITE_EXCLUSIVE));
        assertEquals(List.of(1L), keys(one));
        assertHearsNothing(two);
    }

    @Test
    void aKeyOfZeroPreemptsAReservationOfAllRegistrantsOnly() {
        registerAll();
        assertEquals("list 8.7", preempt(one, 1, 0, WRITE_EXCLUSIVE).pointer());
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE));
        assertEquals("list 8.7", preempt(two, 2, 0, WRITE_EXCLUSIVE).pointer());
        assertGood(release(one, 1, WRITE_EXCLUSIVE));
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE_ALL_REGISTRANTS));
        assertGood(preempt(one, 1, 2, EXCLUSIVE_ACCESS));
        assertEquals("0 7", reservation(one));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, two);
        assertGood(preempt(three, 3, 0, EXCLUSIVE_ACCESS));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, one);
        assertEquals("3 3", reservation(one));
        assertEquals(List.of(3L), keys(one));
    }

    @Test
    void preemptAndAbortIsGoodWhenThePreemptedCommandsHaveEnded() {
        Bench held = Bench.of(slow);
        Initiator fencer = held.initiator("fencer");
        Initiator victim = held.initiator("victim");
        Initiator bystander = held.initiator("bystander");
        assertGood(register(fencer, 0, 1));
        assertGood(register(victim, 0, 2));
        assertGood(reserve(victim, 2, WRITE_EXCLUSIVE_REGISTRANTS_ONLY));
        byte[] data = new byte[512];
        data[0] = 1;
        Sent write = victim.begin(TaskAttribute.SIMPLE, new ArrayTransfer(data, 0, false), WRITE_A_BLOCK);
        Sent other = bystander.beginRead(TaskAttribute.SIMPLE);
        Sent own = fencer.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 512, false), READ_A_BLOCK);
        Sent fence = begin(
                fencer, ReserveOutAction.PREEMPT_AND_ABORT, WRITE_EXCLUSIVE_REGISTRANTS_ONLY.code(), list(1, 2, 0));
        slow.releaseAll();
        assertGood(fence.answer());
        assertFalse(write.isAnswered());
        assertTrue(write.transfer().isCancelled());
        assertGood(own.answer());
        assertGood(other.answer());
        assertEquals(
                SenseCode.REGISTRATIONS_PREEMPTED,
                victim.write(data, WRITE_A_BLOCK).code());
        assertConflict(victim.write(data, WRITE_A_BLOCK));
        assertEquals("1 5", reservation(fencer));
    }

    @Test
    void preemptAndAbortWaitsForAWriteThatTheStoreHolds() {
        Bench held = Bench.of(slow);
        Initiator fencer = held.initiator("fencer");
        Initiator victim = held.initiator("victim");
        assertGood(register(fencer, 0, 1));
        assertGood(register(victim, 0, 2));
        Sent write = victim.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
        Sent fence = begin(fencer, ReserveOutAction.PREEMPT_AND_ABORT, WRITE_EXCLUSIVE.code(), list(1, 2, 0));
        assertFalse(fence.isAnswered());
        slow.releaseAll();
        assertGood(fence.answer());
        assertFalse(write.isAnswered());
    }

    @Test
    void plainPreemptLeavesCommandsAlone() {
        Bench held = Bench.of(slow);
        Initiator fencer = held.initiator("fencer");
        Initiator victim = held.initiator("victim");
        assertGood(register(fencer, 0, 1));
        assertGood(register(victim, 0, 2));
        Sent read = victim.beginRead(TaskAttribute.SIMPLE);
        assertGood(preempt(fencer, 1, 2, WRITE_EXCLUSIVE));
        slow.releaseAll();
        assertGood(read.answer());
    }
}
