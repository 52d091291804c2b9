package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** START STOP UNIT, PREVENT ALLOW MEDIUM REMOVAL and SYNCHRONIZE CACHE (SBC-3 5.26, 5.14, 5.24). */
class MediumStateTest {
    private static final int START = 0x01;
    private static final int EJECT = 0x02;
    private static final int LOAD = 0x03;

    private final ArrayBackend backend = Bench.backend();

    private static Answer startStop(Initiator initiator, int flags) {
        return initiator.command(0x1B, 0, 0, 0, flags, 0);
    }

    private static Answer prevent(Initiator initiator, int prevent) {
        return initiator.command(0x1E, 0, 0, 0, prevent, 0);
    }

    private static SenseCode notReady(Initiator initiator) {
        return initiator.command(0x00).code();
    }

    private static String requestSense(Initiator initiator) {
        byte[] sense = initiator.read(18, 0x03, 0, 0, 0, 18, 0).data();
        return "%x %02x%02x".formatted(sense[2], sense[12], sense[13]);
    }

    @Test
    void requestSenseTellsWhyAUnitIsNotReadyAsOftenAsItIsAsked() {
        Initiator initiator = Bench.removable(backend).initiator();
        assertEquals("0 0000", requestSense(initiator));
        startStop(initiator, 0);
        assertEquals("2 0402", requestSense(initiator));
        assertEquals("2 0402", requestSense(initiator));
        startStop(initiator, EJECT);
        assertEquals("2 3a00", requestSense(initiator));
        startStop(initiator, LOAD);
        assertEquals("0 0000", requestSense(initiator));
        Initiator drive = Bench.cdrom(Bench.backend()).initiator();
        startStop(drive, EJECT);
        assertEquals("2 3a02", requestSense(drive));
        Initiator early = Bench.withoutBackend().newInitiator("early");
        assertEquals("6 2900", requestSense(early));
        assertEquals("2 04", requestSense(early).substring(0, 4));
    }

    @Test
    void aStoppedUnitIsNotReadyForAnybodyUntilItIsStarted() {
        Bench bench = Bench.of(backend);
        Initiator one = bench.initiator("one");
        Initiator two = bench.initiator("two");
        assertEquals(ScsiStatus.GOOD, startStop(one, 0).status());
        assertEquals(1, backend.flushes());
        SenseCode expected = SenseCode.LOGICAL_UNIT_NOT_READY_INITIALIZING_COMMAND_REQUIRED;
        assertEquals(expected, notReady(one));
        assertEquals(expected, two.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).code());
        assertEquals(expected, two.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).code());
        assertEquals(ScsiStatus.GOOD, two.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(ScsiStatus.GOOD, startStop(two, START).status());
        assertEquals(ScsiStatus.GOOD, one.command(0x00).status());
    }

    @Test
    void aStopWithoutFlushDoesNotFlush() {
        startStop(Bench.of(backend).initiator(), 0x04);
        assertEquals(0, backend.flushes());
    }

    @Test
    void aStopWhoseFlushFailsDoesNotStop() {
        FaultyBackend faulty = new FaultyBackend(backend);
        Initiator initiator = Bench.of(faulty).initiator();
        faulty.failNext(Operation.FLUSH, Fault.WRITE_ERROR, -1);
        assertEquals(SenseCode.WRITE_ERROR, startStop(initiator, 0).code());
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
    }

    @Test
    void aFixedMediumIsNotEjected() {
        Initiator initiator = Bench.of(backend).initiator();
        assertEquals("CDB 4.1", startStop(initiator, EJECT).pointer());
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
        assertEquals(
                SenseCode.INVALID_COMMAND_OPERATION_CODE, prevent(initiator, 1).code());
    }

    @Test
    void powerConditionsAreRefusedAtTheirField() {
        assertEquals("CDB 4.7", startStop(Bench.of(backend).initiator(), 0x10).pointer());
    }

    @Test
    void anEjectedMediumIsNotPresentUntilItIsLoaded() {
        Bench bench = Bench.removable(backend);
        Initiator one = bench.initiator("one");
        Initiator two = bench.initiator("two");
        assertEquals(ScsiStatus.GOOD, startStop(one, EJECT).status());
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, notReady(one));
        assertEquals(
                SenseCode.MEDIUM_NOT_PRESENT,
                two.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0).code());
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, startStop(one, START).code());
        assertEquals(ScsiStatus.GOOD, startStop(one, 0).status());
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, notReady(one));
        assertEquals(ScsiStatus.GOOD, startStop(one, LOAD).status());
        assertEquals(ScsiStatus.GOOD, one.command(0x00).status());
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, notReady(two));
    }

    @Test
    void aMediumWhoseRemovalIsPreventedStays() {
        Bench bench = Bench.removable(backend);
        Initiator one = bench.initiator("one");
        Initiator two = bench.initiator("two");
        assertEquals(ScsiStatus.GOOD, prevent(one, 1).status());
        assertEquals(ScsiStatus.GOOD, prevent(two, 1).status());
        assertEquals(SenseCode.MEDIUM_REMOVAL_PREVENTED, startStop(one, EJECT).code());
        prevent(one, 0);
        assertEquals(SenseCode.MEDIUM_REMOVAL_PREVENTED, startStop(one, EJECT).code());
        two.leave();
        assertEquals(ScsiStatus.GOOD, startStop(one, EJECT).status());
    }

    @Test
    void anInitiatorLoadsNothingWhileRemovalIsPreventedButTheAdministratorDoes() {
        Bench bench = Bench.removable(backend);
        Initiator initiator = bench.initiator();
        startStop(initiator, EJECT);
        prevent(initiator, 1);
        assertEquals(
                SenseCode.MEDIUM_REMOVAL_PREVENTED, startStop(initiator, LOAD).code());
        assertEquals(Optional.empty(), bench.load());
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, notReady(initiator));
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
    }

    @Test
    void theAdministratorEjectsAndLoads() {
        Bench bench = Bench.removable(backend);
        Initiator one = bench.initiator("one");
        Initiator two = bench.initiator("two");
        assertEquals(Optional.empty(), bench.eject(false));
        assertEquals(1, backend.flushes());
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, notReady(one));
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, notReady(two));
        assertEquals(Optional.empty(), bench.load());
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, notReady(one));
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, notReady(two));
        assertEquals(ScsiStatus.GOOD, one.command(0x00).status());
    }

    @Test
    void theAdministratorEjectsAPreventedMediumByForceOnly() {
        Bench bench = Bench.removable(backend);
        Initiator initiator = bench.initiator("one");
        prevent(initiator, 1);
        assertEquals(
                Optional.of(
                        "initiator iqn.2026-11.example:one,i,0x000000000001 prevents the removal of the medium of disk;"
                                + " let it give the medium free, or add --force."),
                bench.eject(false));
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
        assertEquals(Optional.empty(), bench.eject(true));
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT, notReady(initiator));
    }

    @Test
    void theAdministratorEjectsNeitherAFixedMediumNorOneThatCannotBeFlushed() {
        assertTrue(Bench.of(backend).eject(true).orElseThrow().startsWith("the medium of disk cannot be removed"));
        FaultyBackend faulty = new FaultyBackend(Bench.backend());
        Bench bench = Bench.removable(faulty);
        Initiator initiator = bench.initiator();
        faulty.failNext(Operation.FLUSH, Fault.WRITE_ERROR, -1);
        assertTrue(bench.eject(true).orElseThrow().startsWith("the medium of disk stays"));
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
    }

    @Test
    void aSmallerMediumIsTakenWhileTheTrayIsEmptyOnly() {
        Bench bench = Bench.removable(backend);
        Initiator initiator = bench.initiator();
        ArrayBackend smaller = new ArrayBackend(8 * Bench.BLOCK_BYTES, Bench.BLOCK_BYTES);
        bench.detach(backend);
        assertThrows(AssertionError.class, () -> bench.attach(smaller));
        bench.eject(false);
        bench.attach(smaller);
        bench.load();
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, notReady(initiator));
        Answer capacity = initiator.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertEquals(7, capacity.buffer().getInt(0));
    }

    @Test
    void aResetEndsThePrevention() {
        Initiator initiator = Bench.removable(backend).initiator();
        prevent(initiator, 1);
        initiator.manage(Function.LOGICAL_UNIT_RESET, 0);
        assertEquals(ScsiStatus.GOOD, startStop(initiator.ready(), EJECT).status());
        assertEquals("CDB 4.1", prevent(initiator, 2).pointer());
    }

    @Test
    void synchronizeCacheIsAnsweredWhenTheStoreHasFlushed() {
        SlowBackend slow = new SlowBackend(backend);
        Initiator initiator = Bench.of(slow).initiator();
        Sent sent = initiator.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x35, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertFalse(sent.isAnswered());
        slow.release();
        assertTrue(sent.isAnswered());
        assertEquals(1, backend.flushes());
    }

    @Test
    void synchronizeCacheWithImmedIsAnsweredBefore() {
        SlowBackend slow = new SlowBackend(backend);
        Initiator initiator = Bench.of(slow).initiator();
        assertEquals(
                ScsiStatus.GOOD,
                initiator.command(0x35, 2, 0, 0, 0, 0, 0, 0, 0, 0).status());
        slow.release();
        assertEquals(1, backend.flushes());
    }

    @Test
    void synchronizeCacheChecksItsRange() {
        Initiator initiator = Bench.of(backend).initiator();
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                initiator.command(0x35, 0, 0, 0, 8, 1, 0, 0, 0, 0).code());
        assertEquals(
                ScsiStatus.GOOD,
                initiator
                        .command(0x91, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0)
                        .status());
        assertEquals(1, backend.flushes());
    }
}
