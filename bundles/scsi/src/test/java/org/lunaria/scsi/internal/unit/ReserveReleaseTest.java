package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.reservation.ReservationType;

/** RESERVE and RELEASE (SPC-2 5.5.1), and what they are beside persistent reservations (SPC-4 5.13.3). */
class ReserveReleaseTest {
    private static final ScsiStatus GOOD = ScsiStatus.GOOD;
    private static final ScsiStatus CONFLICT = ScsiStatus.RESERVATION_CONFLICT;

    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private static ScsiStatus reserve(Initiator by) {
        return by.command(0x16).status();
    }

    private static ScsiStatus release(Initiator by) {
        return by.command(0x17).status();
    }

    private static ScsiStatus write(Initiator by) {
        return by.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0).status();
    }

    @Test
    void oneHasTheUnitUntilItReleasesIt() {
        assertEquals(GOOD, reserve(one));
        assertEquals(GOOD, reserve(one));
        assertEquals(CONFLICT, reserve(two));
        assertEquals(CONFLICT, write(two));
        assertEquals(GOOD, write(one));
        assertEquals(GOOD, release(two));
        assertEquals(CONFLICT, write(two));
        assertEquals(GOOD, release(one));
        assertEquals(GOOD, write(two));
        assertEquals(GOOD, two.command(0x56).status());
        assertEquals(CONFLICT, reserve(one));
        assertEquals(GOOD, two.command(0x57).status());
    }

    @Test
    void itGoesWithItsNexus() {
        reserve(one);
        one.leave();
        assertEquals(GOOD, write(two));
        one.returnAgain();
        one.ready();
        reserve(one);
        one.manage(Function.I_T_NEXUS_RESET, 0);
        assertEquals(GOOD, write(two));
    }

    @Test
    void itIsNotMadeForANexusThatIsLostMeanwhile() {
        bench.reservationWork().hold();
        one.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x16);
        one.leave();
        bench.reservationWork().release();
        assertEquals(GOOD, write(two));
    }

    @Test
    void itGoesWithAResetWhoeverResets() {
        reserve(one);
        two.manage(Function.LOGICAL_UNIT_RESET, 0);
        assertEquals(GOOD, write(two.ready()));
        reserve(two);
        two.manage(Function.TARGET_RESET, 0);
        one.ready();
        assertEquals(GOOD, write(one));
    }

    @Test
    void persistentReservationsAreForNobodyMeanwhile() {
        reserve(one);
        for (Initiator by : new Initiator[] {one, two}) {
            assertEquals(CONFLICT, register(by, 0, 1).status());
            assertEquals(CONFLICT, by.read(8, 0x5E, 0, 0, 0, 0, 0, 0, 0, 8, 0).status());
        }
    }

    @Test
    void itConflictsWhileAnybodyIsRegistered() {
        register(one, 0, 1);
        for (Initiator by : new Initiator[] {one, two}) {
            assertEquals(CONFLICT, reserve(by));
            assertEquals(CONFLICT, release(by));
        }
    }

    @Test
    void whoIsAdmittedByAPersistentReservationIsToldGoodAndNothingHappens() {
        for (ReservationType type : ReservationType.values()) {
            register(one, 0, 1);
            register(two, 0, 2);
            ReserveCommands.reserve(one, 1, type);
            ScsiStatus others = type.admitsRegistrants() ? GOOD : CONFLICT;
            assertEquals(GOOD, reserve(one));
            assertEquals(GOOD, release(one));
            assertEquals(others, reserve(two));
            assertEquals(others, release(two));
            Initiator stranger = bench.initiator("stranger");
            assertEquals(CONFLICT, reserve(stranger));
            assertEquals(CONFLICT, release(stranger));
            clear(one, 1);
            two.ready();
        }
        assertEquals(GOOD, reserve(two));
    }

    @Test
    void thirdPartiesAreRefused() {
        assertEquals("CDB 1.4", one.command(0x16, 0x10).pointer());
        assertEquals("CDB 1.4", one.command(0x56, 0x10).pointer());
    }
}
