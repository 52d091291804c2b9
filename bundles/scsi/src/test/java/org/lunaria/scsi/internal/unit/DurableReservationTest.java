package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Reservations over a loss of power (SPC-4 5.13.5), and without what was kept of them. */
class DurableReservationTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");
    private final String naa = bench.unit().identity().naa();

    @Test
    void whatIsToPersistIsThereAfterALossOfPower() {
        register(one, 0, 1, APTPL);
        register(two, 0, 2, APTPL);
        reserve(one, 1, EXCLUSIVE_ACCESS);
        Bench again = bench.afterPowerLoss(backend);
        Initiator three = again.initiator("three");
        assertEquals(List.of("1 one 1 holds 3", "2 two 1"), fullStatus(three));
        assertEquals(0, generation(three));
        assertEquals(
                ScsiStatus.RESERVATION_CONFLICT,
                three.write(new byte[512], WRITE_A_BLOCK).status());
        assertEquals(
                ScsiStatus.GOOD,
                again.initiator("one").write(new byte[512], WRITE_A_BLOCK).status());
    }

    @Test
    void theLastAptplDecidesForAll() {
        register(one, 0, 1, APTPL);
        register(two, 0, 2);
        assertFalse(bench.store().keeps(naa));
        assertEquals(List.of(), keys(bench.afterPowerLoss(backend).initiator("three")));
        register(one, 1, 1, APTPL);
        assertEquals(List.of(1L, 2L), keys(bench.afterPowerLoss(backend).initiator("three")));
    }

    @Test
    void nothingIsWrittenThatNeedNotPersist() {
        register(one, 0, 1);
        reserve(one, 1, EXCLUSIVE_ACCESS);
        clear(one, 1);
        one.command(0x16);
        assertEquals(0, bench.store().saves());
    }

    @Test
    void aChangeIsSeenAndAnsweredOnlyWhenItIsKept() {
        register(one, 0, 1, APTPL);
        bench.reservationWork().hold();
        Sent reserve = begin(one, ReserveOutAction.RESERVE, EXCLUSIVE_ACCESS.code(), list(1, 0, 0));
        assertFalse(reserve.isAnswered());
        assertEquals("none", reservation(two));
        assertEquals(ScsiStatus.GOOD, two.write(new byte[512], WRITE_A_BLOCK).status());
        bench.reservationWork().release();
        assertEquals(ScsiStatus.GOOD, reserve.answer().status());
        assertEquals(
                ScsiStatus.RESERVATION_CONFLICT,
                two.write(new byte[512], WRITE_A_BLOCK).status());
        assertEquals(2, bench.store().saves());
    }

    @Test
    void eachChangeIsKept() {
        register(one, 0, 1, APTPL);
        reserve(one, 1, EXCLUSIVE_ACCESS);
        register(two, 0, 2, APTPL);
        preempt(two, 2, 1, WRITE_EXCLUSIVE);
        assertEquals(
                List.of("2 two 1 holds 1"),
                fullStatus(bench.afterPowerLoss(backend).initiator("x")));
        release(two, 2, WRITE_EXCLUSIVE);
        assertEquals("none", reservation(bench.afterPowerLoss(backend).initiator("x")));
        clear(two, 2);
        assertEquals(List.of(), keys(bench.afterPowerLoss(backend).initiator("x")));
    }

    @Test
    void aChangeThatCannotBeKeptIsNotMade() {
        register(one, 0, 1, APTPL);
        bench.store().fail(true);
        assertEquals(
                SenseCode.INTERNAL_TARGET_FAILURE,
                reserve(one, 1, EXCLUSIVE_ACCESS).code());
        assertEquals("none", reservation(one));
        assertEquals(SenseCode.INTERNAL_TARGET_FAILURE, register(two, 0, 2).code());
        bench.store().fail(false);
        assertEquals(ScsiStatus.GOOD, reserve(one, 1, EXCLUSIVE_ACCESS).status());
        assertEquals(
                List.of("1 one 1 holds 3"),
                fullStatus(bench.afterPowerLoss(backend).initiator("one")));
    }

    @Test
    void anotherUnitUnderTheSameNumberInheritsNothing() {
        register(one, 0, 1, APTPL);
        reserve(one, 1, EXCLUSIVE_ACCESS);
        Bench other = Bench.of(backend, Bench.settings("other"));
        assertEquals("none", reservation(other.initiator("three")));
        bench.engine().forget(naa);
        assertFalse(bench.store().keeps(naa));
    }

    @Test
    void aUnitWhoseReservationsAreLostLetsNobodyAtItsMedium() {
        register(one, 0, 1, APTPL);
        bench.store().fail(true);
        Bench broken = bench.afterPowerLoss(backend);
        bench.store().fail(false);
        Initiator three = broken.newInitiator("three");
        three.command(0x00);
        SenseCode lost = SenseCode.PERSISTENT_RESERVATION_INFORMATION_LOST;
        assertEquals(lost, three.command(0x00).code());
        assertEquals(lost, three.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).code());
        assertEquals(lost, three.write(new byte[512], WRITE_A_BLOCK).code());
        assertEquals(lost, three.command(0x16).code());
        assertEquals(lost, register(three, 0, 1).code());
        assertEquals(lost, three.read(8, 0x5E, 0, 0, 0, 0, 0, 0, 0, 8, 0).code());
        assertEquals(ScsiStatus.GOOD, three.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(ScsiStatus.GOOD, three.command(0x1B, 0, 0, 0, 1, 0).status());
        assertEquals(
                ScsiStatus.GOOD,
                three.read(16, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0).status());
        assertEquals("LOST", broken.unit().status().slot());
        assertTrue(broken.unit().status().detail().startsWith("its persistent reservations cannot be read"));
    }

    @Test
    void lostReservationsAreReplaced() {
        register(one, 0, 1, APTPL);
        bench.store().fail(true);
        Bench broken = bench.afterPowerLoss(backend);
        bench.store().fail(false);
        Initiator three = broken.newInitiator("three");
        three.command(0x00);
        ReserveOutAction replace = ReserveOutAction.REPLACE_LOST_RESERVATION;
        assertEquals("CDB 2.3", out(three, replace, 0, list(0, 3, APTPL)).pointer());
        assertEquals("list 0.7", out(three, replace, 1, list(1, 3, APTPL)).pointer());
        assertEquals("list 8.7", out(three, replace, 1, list(0, 0, APTPL)).pointer());
        assertEquals("list 20.2", out(three, replace, 1, list(0, 3, ALL_TG_PT)).pointer());
        assertEquals(ScsiStatus.GOOD, out(three, replace, 1, list(0, 3, APTPL)).status());
        assertEquals(List.of("3 three 1 holds 1"), fullStatus(three));
        assertEquals(0, generation(three));
        assertEquals(ScsiStatus.GOOD, three.write(new byte[512], WRITE_A_BLOCK).status());
        assertEquals(
                List.of("3 three 1 holds 1"),
                fullStatus(broken.afterPowerLoss(backend).initiator("x")));
    }
}
