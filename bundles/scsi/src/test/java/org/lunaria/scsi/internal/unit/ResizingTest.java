package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

class ResizingTest {
    private static final long BYTES = (long) Bench.BLOCK_COUNT * Bench.BLOCK_BYTES;

    private final ArrayBackend store = Bench.backend();
    private final Bench bench = Bench.of(store);

    @Test
    void initiatorsHearOfGrowthAndFindTheNewCapacity() {
        Initiator host = bench.initiator();
        assertEquals(SizeChange.DONE, resize(2 * BYTES, false));
        assertEquals(SenseCode.CAPACITY_DATA_HAS_CHANGED, host.command(0x00).code());
        assertEquals(
                2 * Bench.BLOCK_COUNT - 1,
                host.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).buffer().getInt());
        assertEquals(2 * BYTES, bench.engine().units().get(0).capacityBytes());
    }

    @Test
    void theSameSizeIsNoChangeAndNobodyHearsOfIt() {
        Initiator host = bench.initiator();
        assertEquals(SizeChange.DONE, resize(BYTES, false));
        assertEquals(ScsiStatus.GOOD, host.command(0x00).status());
    }

    @Test
    void whatIsInFlightWhileAUnitGrowsIsAnsweredGood() {
        SlowBackend slow = new SlowBackend(Bench.backend());
        Bench other = Bench.of(slow);
        slow.letThrough(true);
        Initiator host = other.initiator();
        slow.letThrough(false);
        Sent read = host.beginRead(TaskAttribute.SIMPLE);
        slow.letThrough(true);
        assertEquals(SizeChange.DONE, other.engine().resize("disk", 2 * BYTES, false));
        slow.releaseAll();
        assertTrue(read.isAnswered());
        assertEquals(ScsiStatus.GOOD, read.answer().status());
    }

    @Test
    void aUnitBecomesSmallerWhenAskedToAndWhenNobodySeesIt() {
        bench.initiator();
        refused("does not become smaller unasked", BYTES / 2, false);
        refused("initiators are logged in", BYTES / 2, true);
        bench.map(new LunMap(Map.of()));
        assertEquals(SizeChange.DONE, resize(BYTES / 2, true));
        bench.detach(store);
        bench.attach(new ArrayBackend((int) BYTES / 2, Bench.BLOCK_BYTES));
    }

    @Test
    void aStoreThatFailsKeepsItsSizeAndOneThatFailsWhenItIsSmallerHasTheOther() {
        FaultyBackend faulty = new FaultyBackend(Bench.backend());
        Bench other = Bench.of(faulty);
        faulty.failNext(Operation.RESIZE, Fault.WRITE_ERROR, -1);
        assertEquals(
                SizeChange.refused("volume disk keeps its size: a test asked for WRITE_ERROR."),
                other.engine().resize("disk", BYTES / 2, true));
        faulty.failNextOnceDone(Operation.RESIZE, Fault.WRITE_ERROR);
        assertEquals(
                SizeChange.open("volume disk has its new size, which is not durable: a test asked for WRITE_ERROR."),
                other.engine().resize("disk", BYTES / 2, true));
        assertEquals(BYTES / 2, other.engine().units().get(0).capacityBytes());
    }

    @Test
    void aSizeIsANumberOfBlocksOfTheUnit() {
        refused("give a multiple of the block length 512 above 0.", BYTES + 1, false);
        refused("give a multiple of the block length 512 above 0.", 0, true);
        Bench large = Bench.withBlocksOf(4096, Bench.backend());
        assertTrue(large.engine()
                .resize("disk", BYTES + 512, false)
                .reason()
                .contains("give a multiple of the block length 4096"));
    }

    @Test
    void aStoreThatCannotAndOneThatIsGoneAndAUnitThatIsNotThereAreToldOf() {
        Set<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.RESIZE));
        Bench fixed = Bench.of(new ArrayBackend((int) BYTES, Bench.BLOCK_BYTES, capabilities));
        assertEquals(
                SizeChange.refused("the store of volume disk cannot change its size by itself."),
                fixed.engine().resize("disk", 2 * BYTES, false));
        bench.detach(store);
        refused("volume disk cannot change its size now: its backend is gone.", 2 * BYTES, false);
        assertTrue(bench.engine().resize("x", BYTES, false).reason().startsWith("there is no logical unit x"));
    }

    @Test
    void aDiscAndAMediumThatIsOutHaveNoSizeToChange() {
        Bench drive = Bench.cdrom(Bench.backend());
        assertTrue(drive.engine()
                .resize("disk", 2 * BYTES, false)
                .reason()
                .startsWith("volume disk is as large as its disc"));
        Bench removable = Bench.removable(Bench.backend());
        removable.eject(false);
        assertEquals(
                SizeChange.refused("volume disk has no medium in; first volume:load disk."),
                removable.engine().resize("disk", 2 * BYTES, false));
    }

    private SizeChange resize(long bytes, boolean shrink) {
        return bench.engine().resize("disk", bytes, shrink);
    }

    private void refused(String sentence, long bytes, boolean shrink) {
        SizeChange refusal = resize(bytes, shrink);
        assertEquals(SizeChange.Outcome.REFUSED, refusal.outcome());
        assertTrue(refusal.reason().contains(sentence), refusal.reason());
        assertEquals(BYTES, store.profile().capacityBytes());
    }
}
