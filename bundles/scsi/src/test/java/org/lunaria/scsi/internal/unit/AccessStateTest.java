package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Asymmetric access states as an administrator and initiators set them (SPC-4 5.15). */
class AccessStateTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(slow);
    private final Initiator one;
    private final Initiator two;

    AccessStateTest() {
        slow.letThrough(true);
        one = bench.initiator("one");
        two = bench.initiator("two");
    }

    private static SenseCode heard(Initiator initiator) {
        Answer answer = initiator.command(0x00);
        return answer.status() == ScsiStatus.GOOD ? SenseCode.NO_ADDITIONAL_SENSE_INFORMATION : answer.code();
    }

    private static int peripheralQualifier(Initiator initiator, int evpd, int page) {
        return (initiator.read(255, 0x12, evpd, page, 0, 255, 0).data()[0] & 0xE0) >> 5;
    }

    private static Sent write(Initiator by) {
        return by.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
    }

    @Test
    void whatTheAdministratorSetsHoldsAtOnceAndIsToldToAll() {
        bench.target().accessState(AccessState.STANDBY);
        for (Initiator initiator : new Initiator[] {one, two}) {
            assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(initiator));
            assertEquals(SenseCode.TARGET_PORT_IN_STANDBY_STATE, heard(initiator));
            assertEquals(AccessState.STANDBY, TargetPortGroups.state(initiator));
        }
        bench.target().accessState(AccessState.ACTIVE_NON_OPTIMIZED);
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(one));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(one));
        assertEquals(AccessState.ACTIVE_NON_OPTIMIZED, TargetPortGroups.state(one));
    }

    @Test
    void requestSenseTellsThatTheUnitIsNotReached() {
        bench.target().accessState(AccessState.STANDBY);
        one.read(18, 0x03, 0, 0, 0, 18, 0);
        byte[] sense = one.read(18, 0x03, 0, 0, 0, 18, 0).data();
        assertEquals(2, sense[2]);
        assertEquals(0x040B, sense[12] << 8 | sense[13]);
        bench.target().accessState(AccessState.ACTIVE_NON_OPTIMIZED);
        one.read(18, 0x03, 0, 0, 0, 18, 0);
        assertEquals(0, one.read(18, 0x03, 0, 0, 0, 18, 0).data()[2]);
    }

    @Test
    void theReportSaysWhoChangedTheStateLast() {
        assertEquals(0, TargetPortGroups.cause(one));
        bench.target().accessState(AccessState.ACTIVE_OPTIMIZED);
        assertEquals(0, TargetPortGroups.cause(one));
        bench.target().accessState(AccessState.ACTIVE_NON_OPTIMIZED);
        heard(one);
        assertEquals(2, TargetPortGroups.cause(one));
        TargetPortGroups.set(one, AccessState.ACTIVE_OPTIMIZED);
        assertEquals(1, TargetPortGroups.cause(one));
    }

    @Test
    void whoSetsTheStateBackHasChangedItLast() {
        TargetPortGroups.set(one, AccessState.STANDBY);
        TargetPortGroups.set(one, AccessState.ACTIVE_OPTIMIZED);
        assertEquals(1, TargetPortGroups.cause(one));
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(one));
        assertEquals("", bench.unit().status().modes());
        bench.target().accessState(AccessState.STANDBY);
        bench.target().accessState(AccessState.ACTIVE_OPTIMIZED);
        heard(one);
        assertEquals(2, TargetPortGroups.cause(one));
    }

    @Test
    void whoSetsTheStateThatIsThereHasChangedNothing() {
        TargetPortGroups.set(one, AccessState.ACTIVE_OPTIMIZED);
        assertEquals(0, TargetPortGroups.cause(one));
    }

    @Test
    void theSameStateAgainIsNoNews() {
        bench.target().accessState(AccessState.ACTIVE_OPTIMIZED);
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(one));
        assertEquals(
                ScsiStatus.GOOD,
                TargetPortGroups.set(one, AccessState.ACTIVE_OPTIMIZED).status());
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @Test
    void aUnitThatIsUnavailableIsNotConnected() {
        assertEquals(0, peripheralQualifier(one, 0, 0));
        bench.target().accessState(AccessState.UNAVAILABLE);
        assertEquals(1, peripheralQualifier(one, 0, 0));
        assertEquals(1, peripheralQualifier(one, 1, 0x83));
        bench.target().accessState(AccessState.STANDBY);
        assertEquals(0, peripheralQualifier(one, 0, 0));
    }

    @Test
    void anotherTargetOfTheSameUnitIsAsItWas() {
        ScsiTarget other = bench.engine().create("iqn.2026-11.example:other");
        LunMap luns = new LunMap(Map.of(0, new Mapping("disk", false)));
        Initiator through = new Initiator(other, "one", 1, () -> luns).ready();
        TargetPortGroups.set(one, AccessState.UNAVAILABLE);
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(through));
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(through));
        assertEquals(SenseCode.TARGET_PORT_IN_UNAVAILABLE_STATE, heard(one));
    }

    @Test
    void whatAnInitiatorSetsIsForTheUnitThatItAddresses() {
        LogicalUnit other = bench.engine().unit(Bench.settings("other"));
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(Bench.backend());
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("other", false))));
        one.read(18, 0x03, 0, 0, 0, 18, 0);
        TargetPortGroups.set(one, AccessState.STANDBY);
        assertEquals(SenseCode.TARGET_PORT_IN_STANDBY_STATE, heard(one));
        while (one.onLun(1, 0, 0x00).status() != ScsiStatus.GOOD) {
            // It hears that the other unit is new.
        }
        assertEquals(ScsiStatus.GOOD, one.onLun(1, 0, 0x00).status());
    }

    @Test
    void whatAnInitiatorSetsOutlastsALossOfPower() {
        TargetPortGroups.set(one, AccessState.STANDBY);
        Initiator later = bench.afterPowerLoss(Bench.backend()).newInitiator("later");
        assertEquals(SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED, heard(later));
        assertEquals(SenseCode.TARGET_PORT_IN_STANDBY_STATE, heard(later));
        assertEquals(AccessState.STANDBY, TargetPortGroups.state(later));
    }

    @Test
    void anAdministratorWhoChangesHisMindHasTheLastWord() {
        TargetPortGroups.set(one, AccessState.STANDBY);
        heard(two);
        assertEquals(
                "access through target port group " + TargetPortGroups.group(one)
                        + " standby instead of active/optimized",
                bench.unit().status().modes());
        bench.target().accessState(AccessState.ACTIVE_NON_OPTIMIZED);
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(one));
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(two));
        assertEquals(AccessState.ACTIVE_NON_OPTIMIZED, TargetPortGroups.state(one));
        assertEquals("", bench.unit().status().modes());
        bench.target().accessState(AccessState.ACTIVE_OPTIMIZED);
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(one));
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(one));
    }

    @Test
    void amidAChangeTheStateIsTransitioning() {
        bench.reservationWork().hold();
        Sent set = TargetPortGroups.begin(one, AccessState.ACTIVE_NON_OPTIMIZED);
        assertFalse(set.isAnswered());
        assertEquals(AccessState.TRANSITIONING, TargetPortGroups.state(two));
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION, heard(two));
        assertEquals(
                SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION,
                TargetPortGroups.set(two, AccessState.STANDBY).code());
        bench.reservationWork().release();
        assertEquals(ScsiStatus.GOOD, set.answer().status());
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(two));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(one));
    }

    @Test
    void standbyIsGoodWhenWhatHadBegunIsOver() {
        slow.letThrough(false);
        Sent write = write(two);
        Sent set = TargetPortGroups.begin(one, AccessState.STANDBY);
        assertFalse(set.isAnswered());
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION, heard(two));
        slow.release();
        assertEquals(ScsiStatus.GOOD, write.answer().status());
        assertEquals(ScsiStatus.GOOD, set.answer().status());
        assertEquals(SenseCode.TARGET_PORT_IN_STANDBY_STATE, write(one).answer().code());
    }

    @Test
    void whatWaitedForItsTurnIsRefusedInTheStateThatIsThen() {
        slow.letThrough(false);
        Sent first = write(two);
        Sent waiting = one.begin(TaskAttribute.ORDERED, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
        bench.target().accessState(AccessState.UNAVAILABLE);
        slow.release();
        assertEquals(ScsiStatus.GOOD, first.answer().status());
        assertEquals(
                SenseCode.TARGET_PORT_IN_UNAVAILABLE_STATE, waiting.answer().code());
    }

    @Test
    void aChangeThatIsAbortedWhileItWaitsChangesNothing() {
        slow.letThrough(false);
        Sent write = write(two);
        Sent set = TargetPortGroups.begin(one, AccessState.STANDBY);
        one.manage(Function.ABORT_TASK, set.tag());
        assertFalse(set.isAnswered());
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(two));
        slow.release();
        assertEquals(ScsiStatus.GOOD, write.answer().status());
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @Test
    void whatCannotBeSavedChangesNothing() {
        bench.saved().fail(true);
        Answer answer = TargetPortGroups.set(one, AccessState.STANDBY);
        assertEquals(SenseCode.SET_TARGET_PORT_GROUPS_COMMAND_FAILED, answer.code());
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(one));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(two));
    }

    @Test
    void whoMayNotWriteMayNotSetStates() {
        LunMap readOnly = new LunMap(Map.of(0, new Mapping("disk", true)));
        Initiator guest = bench.newInitiator("guest", () -> readOnly).ready();
        assertEquals(
                SenseCode.NO_ACCESS_RIGHTS,
                TargetPortGroups.set(guest, AccessState.STANDBY).code());
        assertTrue(TargetPortGroups.state(one).isActive());
    }

    @Test
    void theAdministratorMayInterveneAmidAChange() {
        bench.reservationWork().hold();
        Sent set = TargetPortGroups.begin(one, AccessState.ACTIVE_NON_OPTIMIZED);
        bench.target().accessState(AccessState.STANDBY);
        bench.reservationWork().release();
        assertEquals(ScsiStatus.GOOD, set.answer().status());
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(one));
        assertEquals(SenseCode.ASYMMETRIC_ACCESS_STATE_CHANGED, heard(two));
        assertEquals(TargetPortGroups.state(one), TargetPortGroups.state(two));
    }
}
