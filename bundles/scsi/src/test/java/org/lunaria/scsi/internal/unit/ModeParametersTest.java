package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Mode parameters are obeyed at once by everybody's commands, and kept as the standard says (SPC-4 6.9 to 6.12, 7.5.8). */
class ModeParametersTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private static Answer write(Initiator by) {
        return by.write(new byte[512], WRITE_A_BLOCK);
    }

    private static UnitSettings configured(UnitSettings before, boolean writeCache) {
        return new UnitSettings(
                before.name(),
                before.backendId(),
                before.identity(),
                before.blockBytes(),
                before.readOnly(),
                writeCache,
                before.taskAbortedStatus(),
                before.policy());
    }

    @Test
    void theWriteCacheGoesOffForEverybody() {
        write(one);
        int before = backend.durableWrites();
        int flushes = backend.flushes();
        assertEquals(ScsiStatus.GOOD, ModeCommand.WCE.set(one, false).status());
        assertEquals(flushes + 1, backend.flushes());
        two.ready();
        write(one);
        write(two);
        assertEquals(before + 2, backend.durableWrites());
        assertEquals(ScsiStatus.GOOD, ModeCommand.WCE.set(two, true).status());
        assertEquals(flushes + 1, backend.flushes());
        one.ready();
        write(one);
        assertEquals(before + 2, backend.durableWrites());
    }

    @Test
    void theWriteCacheGoesOffWhenWhatIsUnderWayIsDurable() {
        SlowBackend slow = new SlowBackend(backend);
        Bench busy = Bench.of(slow);
        slow.letThrough(true);
        Initiator first = busy.initiator("first");
        slow.letThrough(false);
        Sent write = first.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
        Sent select = ModeCommand.WCE.begin(first, false);
        Sent later = first.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
        assertEquals(1, slow.held().size());
        slow.release();
        assertTrue(write.isAnswered());
        assertFalse(select.isAnswered());
        int before = backend.durableWrites();
        slow.release();
        assertEquals(ScsiStatus.GOOD, select.answer().status());
        slow.release();
        assertEquals(ScsiStatus.GOOD, later.answer().status());
        assertEquals(before + 1, backend.durableWrites());
    }

    @Test
    void whatCannotBeMadeDurableKeepsTheWriteCache() {
        FaultyBackend faulty = new FaultyBackend(backend);
        Bench failing = Bench.of(faulty);
        Initiator ready = failing.initiator("ready");
        write(ready);
        faulty.failNext(Operation.FLUSH, Fault.WRITE_ERROR, -1);
        assertEquals(SenseCode.WRITE_ERROR, ModeCommand.WCE.save(ready, false).code());
        assertFalse(failing.saved().keeps(failing.unit().identity().naa()));
        assertTrue(ModeCommand.WCE.isSet(ready));
    }

    @Test
    void softwareWriteProtectionIsForEverybodyAndInTheHeader() {
        assertEquals(ScsiStatus.GOOD, ModeCommand.SWP.set(one, true).status());
        assertEquals(SenseCode.LOGICAL_UNIT_SOFTWARE_WRITE_PROTECTED, write(one).code());
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, two.command(0x00).code());
        assertEquals(SenseCode.LOGICAL_UNIT_SOFTWARE_WRITE_PROTECTED, write(two).code());
        assertEquals((byte) 0x90, two.read(255, 0x1A, 8, 0x0A, 0, 255, 0).data()[2]);
        assertTrue(bench.unit().status().readOnly());
        assertEquals("SWP 1 instead of 0", bench.unit().status().modes());
        assertEquals(ScsiStatus.GOOD, ModeCommand.SWP.set(two, false).status());
        assertEquals(ScsiStatus.GOOD, write(two).status());
        assertEquals("", bench.unit().status().modes());
    }

    @Test
    void aWriteThatHasWaitedFindsTheUnitProtected() {
        SlowBackend slow = new SlowBackend(backend);
        Bench busy = Bench.of(slow);
        slow.letThrough(true);
        Initiator first = busy.initiator("first");
        slow.letThrough(false);
        Sent read = first.beginRead(TaskAttribute.SIMPLE);
        Sent select = ModeCommand.SWP.begin(first, true);
        Sent write = first.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[512], 0, false), WRITE_A_BLOCK);
        slow.release();
        slow.release();
        assertEquals(ScsiStatus.GOOD, read.answer().status());
        assertEquals(ScsiStatus.GOOD, select.answer().status());
        assertEquals(
                SenseCode.LOGICAL_UNIT_SOFTWARE_WRITE_PROTECTED, write.answer().code());
    }

    @Test
    void senseDataIsInTheFormatThatIsSet() {
        assertEquals(0x70, one.command(0xFF).sense()[0]);
        ModeCommand.D_SENSE.set(one, true);
        byte[] refused = one.command(0x1A, 0, 0x07, 0, 0, 0).sense();
        assertEquals(0x72, refused[0]);
        assertEquals(8 + 8, refused.length);
        assertTrue(bench.target().hasDescriptorSense(one.nexus(), 0));
        assertFalse(bench.target().hasDescriptorSense(one.nexus(), 1L << 48));
        byte[] attention = two.command(0x00).sense();
        assertEquals(0x72, attention[0]);
        assertEquals(0x2A, attention[2]);
        assertEquals(0x72, one.command(0xFF).sense()[0]);
        assertEquals(0x70, one.read(252, 0x03, 0, 0, 0, 252, 0).data()[0]);
        assertEquals(0x72, one.read(252, 0x03, 1, 0, 0, 252, 0).data()[0]);
        ModeCommand.D_SENSE.set(two, false);
        assertEquals(0x70, one.command(0x00).sense()[0]);
    }

    @Test
    void tasIsObeyedAtOnce() {
        SlowBackend slow = new SlowBackend(backend);
        Bench busy = Bench.of(slow);
        slow.letThrough(true);
        Initiator first = busy.initiator("first");
        Initiator second = busy.initiator("second");
        ModeCommand.TAS.set(first, true);
        second.ready();
        slow.letThrough(false);
        Sent read = second.beginRead(TaskAttribute.SIMPLE);
        first.manage(Function.CLEAR_TASK_SET, 0);
        slow.releaseAll();
        assertEquals(ScsiStatus.TASK_ABORTED, read.answer().status());
    }

    @Test
    void onlyTheOthersAreToldAndOnlyOfAChange() {
        assertEquals(ScsiStatus.GOOD, ModeCommand.TAS.set(one, false).status());
        assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
        ModeCommand.TAS.set(one, true);
        assertEquals(ScsiStatus.GOOD, one.command(0x00).status());
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, two.command(0x00).code());
    }

    @Test
    void aResetBringsTheSavedValuesBack() {
        ModeCommand.TAS.save(one, true);
        ModeCommand.SWP.set(one, true);
        one.manage(Function.LOGICAL_UNIT_RESET, 0);
        one.ready();
        assertTrue(ModeCommand.TAS.isSet(one));
        assertFalse(ModeCommand.SWP.isSet(one));
    }

    @Test
    void whatIsSavedIsThereAfterALossOfPowerAndNothingElse() {
        ModeCommand.SWP.set(one, true);
        ModeCommand.SWP.set(one, false);
        ModeCommand.WCE.save(one, false);
        ModeCommand.TAS.set(one, true);
        Initiator three = bench.afterPowerLoss(backend).initiator("three");
        assertFalse(ModeCommand.WCE.isSet(three));
        assertFalse(ModeCommand.TAS.isSet(three));
        assertTrue(ModeCommand.WCE.isSet(three, 2));
    }

    @Test
    void spSavesAllThatIsCurrent() {
        ModeCommand.TAS.set(one, true);
        ModeCommand.WCE.save(one, false);
        assertTrue(ModeCommand.TAS.isSet(one, 3));
        assertTrue(ModeCommand.TAS.isSet(bench.afterPowerLoss(backend).initiator("three")));
    }

    @Test
    void whatCannotBeSavedDoesNotHold() {
        bench.saved().fail(true);
        assertEquals(
                SenseCode.INTERNAL_TARGET_FAILURE,
                ModeCommand.SWP.save(one, true).code());
        assertFalse(ModeCommand.SWP.isSet(one));
        assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
        assertEquals(ScsiStatus.GOOD, ModeCommand.SWP.set(one, true).status());
    }

    @Test
    void itIsAnsweredWhenItIsDurable() {
        bench.reservationWork().hold();
        byte[] list = new byte[28];
        list[8] = 0x08;
        list[9] = 18;
        Sent select =
                one.begin(TaskAttribute.SIMPLE, new ArrayTransfer(list, 0, false), 0x55, 0x11, 0, 0, 0, 0, 0, 0, 28, 0);
        assertFalse(select.isAnswered());
        assertTrue(ModeCommand.WCE.isSet(one));
        bench.reservationWork().release();
        assertEquals(ScsiStatus.GOOD, select.answer().status());
        assertFalse(ModeCommand.WCE.isSet(one));
    }

    @Test
    void anAdministratorsChangeOfTheKeyWins() {
        ModeCommand.WCE.save(one, false);
        ModeCommand.TAS.save(one, true);
        write(one);
        int flushes = backend.flushes();
        bench.unit().change(configured(bench.unit().settings(), false));
        assertEquals(flushes + 1, backend.flushes());
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, one.command(0x00).code());
        bench.unit().change(configured(bench.unit().settings(), true));
        one.ready();
        assertTrue(ModeCommand.WCE.isSet(one));
        assertTrue(ModeCommand.WCE.isSet(one, 3));
        assertTrue(ModeCommand.TAS.isSet(one));
        Initiator three = bench.afterPowerLoss(backend).initiator("three");
        assertTrue(ModeCommand.WCE.isSet(three));
        assertTrue(ModeCommand.TAS.isSet(three));
    }

    @Test
    void aKeyThatWasChangedWhileNothingRanWinsForGood() {
        UnitSettings settings = bench.unit().settings();
        ModeCommand.TAS.save(one, true);
        ModeCommand.WCE.save(one, true);
        Bench off = bench.afterPowerLoss(backend, configured(settings, false));
        assertFalse(ModeCommand.WCE.isSet(off.initiator("three")));
        Bench on = off.afterPowerLoss(backend, configured(settings, true));
        assertTrue(ModeCommand.WCE.isSet(on.initiator("four")));
        assertEquals("TAS 1 instead of 0", on.unit().status().modes());
    }
}
