package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS_ALL_REGISTRANTS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_ALL_REGISTRANTS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_REGISTRANTS_ONLY;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.reservation.ReservationState;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveIn;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** PERSISTENT RESERVE IN and OUT (SPC-4 5.13, 6.15, 6.16). */
class PersistentReserveTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    private static final int[] READ_A_BLOCK = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final SlowBackend slow = new SlowBackend(backend);
    private final Bench bench = Bench.of(backend);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");
    private final Initiator three = bench.initiator("three");

    private static void assertGood(Answer answer) {
        assertEquals(ScsiStatus.GOOD, answer.status());
    }

    private static void assertConflict(Answer answer) {
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, answer.status());
    }

    private static void assertHears(SenseCode attention, Initiator initiator) {
        assertEquals(attention, initiator.command(0x00).code());
        assertGood(initiator.command(0x00));
    }

    private static void assertHearsNothing(Initiator initiator) {
        assertGood(initiator.command(0x00));
    }

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
    void theLastRegistrationOfAllRegistrantsTakesTheReservationWithIt() {
        assertGood(register(one, 0, 1));
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS_ALL_REGISTRANTS));
        assertGood(preempt(one, 1, 1, WRITE_EXCLUSIVE));
        assertEquals("none", reservation(one));
        assertEquals(List.of(), keys(one));
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

    @Test
    void theReservationMovesToAnInitiatorPortThatIsNamed() {
        registerAll();
        byte[] twosId = transportId(two.nexus().initiatorPort());
        assertEquals("CDB 1.4", move(one, 1, 22, 0, 1, twosId).pointer());
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE));
        assertConflict(move(two, 2, 22, 0, 1, transportId(one.nexus().initiatorPort())));
        assertConflict(move(one, 9, 22, 0, 1, twosId));
        assertEquals("list 8.7", move(one, 1, 0, 0, 1, twosId).pointer());
        assertEquals("list 18.7", move(one, 1, 22, 0, 9, twosId).pointer());
        assertEquals(
                "list 24.7",
                move(one, 1, 22, 0, 1, transportId(one.nexus().initiatorPort())).pointer());
        assertEquals(
                "list 24.7",
                move(one, 1, 22, 0, 1, transportId("iqn.2026-11.example:two")).pointer());
        assertGood(move(one, 1, 22, 0, 1, twosId));
        assertEquals("22 1", reservation(one));
        assertEquals(List.of(1L, 22L, 3L), keys(one));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(one));
        assertEquals(ScsiStatus.GOOD, write(two));
        assertGood(move(two, 22, 4, UNREG | APTPL, 1, transportId("iqn.2026-11.example:new,i,0x00000000000a")));
        assertEquals(List.of("1 one 1", "3 three 1", "4 new 1 holds 1"), fullStatus(one));
        assertEquals(5, generation(one));
    }

    @Test
    void aReservationOfAllRegistrantsDoesNotMove() {
        registerAll();
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE_ALL_REGISTRANTS));
        assertConflict(move(one, 1, 22, 0, 1, transportId(two.nexus().initiatorPort())));
    }

    @Test
    void otherInitiatorPortsAreRegisteredByName() {
        byte[] named = transportId("IQN.2026-11.example:Two,i,0x1");
        byte[] fresh = transportId("iqn.2026-11.example:later,i,0x00023d000001");
        assertGood(register(one, 0, 5, SPEC_I_PT, named, fresh));
        assertEquals(List.of("5 one 1", "5 two 1", "5 later 1"), fullStatus(three));
        assertGood(reserve(two, 5, WRITE_EXCLUSIVE));
        assertEquals("list 20.3", register(one, 5, 6, SPEC_I_PT, named).pointer());
        assertEquals("list 28.7", register(three, 0, 5, SPEC_I_PT, named).pointer());
        byte[] another = transportId("iqn.2026-11.example:x,i,0x00023d000001");
        assertEquals(
                "list " + (28 + another.length) + ".7",
                register(three, 0, 5, SPEC_I_PT, another, fresh).pointer());
        assertEquals(3, keys(one).size());
    }

    @Test
    void aDeviceStandsForItsPortsThatAreThere() {
        assertGood(register(one, 0, 5, SPEC_I_PT, transportId("iqn.2026-11.example:two")));
        assertEquals(List.of("5 one 1", "5 two 1"), fullStatus(three));
        assertEquals(
                "list 28.7",
                register(three, 0, 5, SPEC_I_PT, transportId("iqn.2026-11.example:nobody"))
                        .pointer());
    }

    @Test
    void aRegistrationThroughAllPortsHoldsForEachAndIsOne() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertConflict(reserve(otherPort, 1, WRITE_EXCLUSIVE));
        assertGood(register(one, 0, 1, ALL_TG_PT));
        assertEquals(List.of("1 one 0 all"), fullStatus(two));
        assertGood(reserve(otherPort, 1, WRITE_EXCLUSIVE));
        assertEquals(List.of("1 one 0 all holds 1"), fullStatus(two));
        assertEquals(ScsiStatus.GOOD, write(otherPort));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(one));
        assertGood(register(one, 1, 4));
        assertEquals("4 1", reservation(two));
        assertGood(register(two, 0, 2));
        assertGood(preempt(two, 2, 4, WRITE_EXCLUSIVE));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, one);
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, otherPort);
    }

    @Test
    void aNexusIsNotThatOfAnotherPort() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertGood(register(one, 0, 1));
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(otherPort));
        assertGood(register(otherPort, 0, 1));
        assertEquals(List.of("1 one 1 holds 3", "1 one 2"), fullStatus(two));
        assertGood(register(otherPort, 1, 8, ALL_TG_PT));
        assertEquals(List.of("8 one 0 all holds 3"), fullStatus(two));
        assertEquals(ScsiStatus.GOOD, write(one));
        assertGood(register(otherPort, 8, 0, ALL_TG_PT));
        assertEquals("none", reservation(two));
    }

    @Test
    void registeringThroughAllPortsConflictsWhereOneHasAnotherKey() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertGood(register(one, 0, 1));
        assertConflict(register(otherPort, 0, 1, ALL_TG_PT));
        assertGood(register(otherPort, 0, 2));
        assertConflict(register(otherPort, 2, 3, ALL_TG_PT));
        assertEquals(List.of("1 one 1", "2 one 2"), fullStatus(two));
        byte[] ignoring = list(0, 3, ALL_TG_PT);
        assertGood(out(otherPort, ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY, 0, ignoring));
        assertEquals(List.of("3 one 0 all"), fullStatus(two));
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
    void transportIdsThatAreNoneAreRefusedAtTheirPlace() {
        byte[] good = transportId("iqn.2026-11.example:x,i,0x00023d000001");
        byte[] otherProtocol = good.clone();
        otherProtocol[0] = 0x46;
        byte[] otherFormat = good.clone();
        otherFormat[0] = (byte) 0x85;
        byte[] endless = good.clone();
        endless[good.length - 1] = 'x';
        for (byte[] bad : List.of(
                otherProtocol,
                otherFormat,
                endless,
                transportId("a b,i,0x1"),
                transportId("x,i,0xyz"),
                transportId(""))) {
            assertEquals("list 28.7", register(one, 0, 1, SPEC_I_PT, bad).pointer());
        }
        byte[] tooLong = good.clone();
        tooLong[3] += 4;
        assertEquals("list 24.7", register(one, 0, 1, SPEC_I_PT, tooLong).pointer());
        byte[] lying = list(0, 1, SPEC_I_PT, good);
        lying[27] += 4;
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                out(one, ReserveOutAction.REGISTER, 0, lying).code());
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
