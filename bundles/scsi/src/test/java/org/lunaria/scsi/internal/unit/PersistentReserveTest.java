package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS_ALL_REGISTRANTS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_REGISTRANTS_ONLY;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveIn;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** PERSISTENT RESERVE IN and OUT (SPC-4 5.13, 6.15, 6.16). */
class PersistentReserveTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    private static final int[] READ_A_BLOCK = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
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
    void registeringReportsTheKeysInTheirOrderAndCounts() {
        assertEquals(List.of(), keys(one));
        registerAll();
        assertEquals(List.of(1L, 2L, 3L), keys(two));
        assertEquals(3, generation(two));
        assertGood(register(one, 1, 11));
        assertEquals(List.of(11L, 2L, 3L), keys(two));
        assertGood(register(two, 2, 0));
        assertEquals(List.of(11L, 3L), keys(two));
        assertEquals(5, generation(one));
    }

    @Test
    void aKeyThatIsNotTheOwnConflicts() {
        assertConflict(register(one, 9, 1));
        assertGood(register(one, 0, 1));
        assertConflict(register(one, 0, 5));
        assertConflict(register(one, 9, 5));
        assertConflict(reserve(one, 9, WRITE_EXCLUSIVE));
        assertConflict(reserve(two, 0, WRITE_EXCLUSIVE));
        assertConflict(clear(one, 9));
        assertConflict(release(one, 9, WRITE_EXCLUSIVE));
        assertConflict(preempt(two, 0, 1, WRITE_EXCLUSIVE));
        assertEquals(1, generation(one));
    }

    @Test
    void registeringNothingFromNowhereIsGoodAndNothing() {
        assertGood(register(one, 0, 0));
        assertGood(out(one, ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY, 0, list(7, 0, 0)));
        assertEquals(0, generation(one));
        assertEquals(List.of(), keys(one));
    }

    @Test
    void anExistingKeyIsIgnoredWhereThatIsAskedFor() {
        ReserveOutAction action = ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY;
        assertGood(out(one, action, 0, list(7, 1, 0)));
        assertGood(out(one, action, 0, list(7, 2, 0)));
        assertEquals(List.of(2L), keys(one));
        assertGood(out(one, action, 0, list(7, 0, 0)));
        assertEquals(List.of(), keys(one));
        assertEquals(
                "list 20.3",
                out(one, action, 0, list(0, 1, SPEC_I_PT, transportId("iqn.x:y,i,0x1")))
                        .pointer());
    }

    @Test
    void eachTypeIsReservedReportedAndReleasedByItsHolder() {
        registerAll();
        for (ReservationType type : ReservationType.values()) {
            assertGood(reserve(one, 1, type));
            assertGood(reserve(one, 1, type));
            int key = type.isHeldByAllRegistrants() ? 0 : 1;
            assertEquals(key + " " + type.code(), reservation(two));
            for (ReservationType other : ReservationType.values()) {
                if (other != type) {
                    assertConflict(reserve(one, 1, other));
                    assertEquals(
                            SenseCode.INVALID_RELEASE_OF_PERSISTENT_RESERVATION,
                            release(one, 1, other).code());
                }
            }
            if (!type.isHeldByAllRegistrants()) {
                assertConflict(reserve(two, 2, type));
                assertGood(release(two, 2, type));
                assertEquals("1 " + type.code(), reservation(two));
            } else {
                assertGood(reserve(two, 2, type));
            }
            assertGood(release(one, 1, type));
            assertEquals("none", reservation(one));
            assertHearsNothing(one);
            if (type.admitsRegistrants()) {
                assertHears(SenseCode.RESERVATIONS_RELEASED, two);
                assertHears(SenseCode.RESERVATIONS_RELEASED, three);
            } else {
                assertHearsNothing(two);
            }
        }
        assertEquals(3, generation(one));
    }

    @Test
    void scopesAndTypesThatThereAreNotAreRefusedAtTheirFields() {
        registerAll();
        assertEquals(
                "CDB 2.7",
                out(one, ReserveOutAction.RESERVE, 0x11, list(1, 0, 0)).pointer());
        for (int type : new int[] {0, 2, 4, 9, 15}) {
            assertEquals(
                    "CDB 2.3",
                    out(one, ReserveOutAction.RESERVE, type, list(1, 0, 0)).pointer());
        }
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE));
        assertEquals(
                "CDB 2.3", out(two, ReserveOutAction.PREEMPT, 0, list(2, 1, 0)).pointer());
        assertEquals(
                SenseCode.INVALID_RELEASE_OF_PERSISTENT_RESERVATION,
                out(one, ReserveOutAction.RELEASE, 0x11, list(1, 0, 0)).code());
    }

    @Test
    void clearingTakesEverythingAndTellsTheOthers() {
        registerAll();
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS));
        assertGood(clear(two, 2));
        assertEquals(List.of(), keys(two));
        assertEquals("none", reservation(two));
        assertHears(SenseCode.RESERVATIONS_PREEMPTED, one);
        assertHearsNothing(two);
        assertEquals(4, generation(two));
        assertHears(SenseCode.RESERVATIONS_PREEMPTED, three);
    }

    @Test
    void unregisteringTheHolderReleases() {
        for (ReservationType type : ReservationType.values()) {
            registerAll();
            assertGood(reserve(one, 1, type));
            assertGood(register(one, 1, 0));
            boolean stays = type.isHeldByAllRegistrants();
            assertEquals(stays ? "0 " + type.code() : "none", reservation(one));
            if (type == WRITE_EXCLUSIVE_REGISTRANTS_ONLY) {
                assertHears(SenseCode.RESERVATIONS_RELEASED, two);
                assertHears(SenseCode.RESERVATIONS_RELEASED, three);
            }
            two.ready();
            three.ready();
            assertGood(register(two, 2, 0));
            assertGood(register(three, 3, 0));
            assertEquals("none", reservation(three));
        }
    }

    @Test
    void theLastRegistrationOfAllRegistrantsTakesTheReservationWithIt() {
        assertGood(register(one, 0, 1));
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS_ALL_REGISTRANTS));
        assertGood(preempt(one, 1, 1, WRITE_EXCLUSIVE));
        assertEquals("none", reservation(one));
        assertEquals(List.of(), keys(one));
    }

    @Test
    void listsOfAnotherLengthAreRefused() {
        for (ReserveOutAction action : ReserveOutAction.values()) {
            for (int length : new int[] {0, 1, 23}) {
                assertEquals(
                        SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                        out(one, action, 1, new byte[length]).code());
            }
            if (action != ReserveOutAction.REGISTER_AND_MOVE) {
                assertEquals(
                        SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                        out(one, action, 1, new byte[25]).code());
            }
            byte[] specifying = list(0, 1, SPEC_I_PT, transportId("iqn.x:yyyyyyyyyy,i,0x1"));
            if (action != ReserveOutAction.REGISTER && action != ReserveOutAction.REGISTER_AND_MOVE) {
                assertEquals("list 20.3", out(one, action, 1, specifying).pointer());
            }
        }
        Answer cutOff = one.write(new byte[20], 0x5F, 0, 0, 0, 0, 0, 0, 0, 24, 0);
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, cutOff.code());
        Answer huge = one.write(new byte[24], 0x5F, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0);
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, huge.code());
        assertEquals(List.of(), keys(one));
    }

    @Test
    void registrationsHaveABound() {
        byte[][] ids = new byte[ReservationState.MAX_REGISTRATIONS / 2][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = transportId("iqn.2026-11.example:a" + i + ",i,0x1");
        }
        assertGood(register(one, 0, 1, SPEC_I_PT, ids));
        for (int i = 0; i < ids.length; i++) {
            ids[i] = transportId("iqn.2026-11.example:b" + i + ",i,0x1");
        }
        assertEquals(
                SenseCode.INSUFFICIENT_REGISTRATION_RESOURCES,
                register(two, 0, 1, SPEC_I_PT, ids).code());
        assertEquals(513, keys(one).size());
        assertGood(register(two, 0, 1));
    }

    @Test
    void capabilitiesAreThoseThatThereAre() {
        assertEquals("00089db0ea010000", HexFormat.of().formatHex(in(one, ReserveIn.REPORT_CAPABILITIES)));
        assertGood(register(one, 0, 1, APTPL));
        assertEquals("00089db1ea010000", HexFormat.of().formatHex(in(one, ReserveIn.REPORT_CAPABILITIES)));
    }

    @Test
    void parameterDataIsCutOffAtTheAllocationLength() {
        registerAll();
        byte[] whole = in(one, ReserveIn.READ_KEYS);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = one.read(64, 0x5E, 0, 0, 0, 0, 0, 0, 0, length, 0).data();
            assertArrayEquals(java.util.Arrays.copyOf(whole, length), part);
        }
    }

    @Test
    void serviceActionsThatThereAreNotAreRefused() {
        for (int action = ReserveIn.values().length; action < 32; action++) {
            assertEquals("CDB 1.4", one.command(0x5E, action).pointer());
        }
        for (int action = ReserveOutAction.values().length; action < 32; action++) {
            assertEquals("CDB 1.4", one.command(0x5F, action).pointer());
        }
    }

    @Test
    void registrationAndReservationOutlastTheSession() {
        assertGood(register(one, 0, 1));
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS));
        one.leave();
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(two));
        one.returnAgain();
        one.ready();
        assertEquals(ScsiStatus.GOOD, write(one));
        one.manage(Function.LOGICAL_UNIT_RESET, 0);
        two.ready();
        assertEquals("1 3", reservation(two));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(two));
    }

    @Test
    void aUnitAttentionIsToldBeforeAConflict() {
        registerAll();
        assertGood(reserve(two, 2, EXCLUSIVE_ACCESS));
        assertGood(preempt(one, 1, 2, EXCLUSIVE_ACCESS));
        assertEquals(
                SenseCode.REGISTRATIONS_PREEMPTED, two.read(512, READ_A_BLOCK).code());
        assertConflict(two.read(512, READ_A_BLOCK));
    }

    @Test
    void nothingIsLostToReplace() {
        assertEquals(
                SenseCode.INVALID_RELEASE_OF_PERSISTENT_RESERVATION,
                out(one, ReserveOutAction.REPLACE_LOST_RESERVATION, 1, list(0, 1, 0))
                        .code());
    }
}
