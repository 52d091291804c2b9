package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.internal.slot.ManualTimer;

/** The regular look at what a unit takes and what is left. */
class SpaceWatchTest {
    private static final int CAPACITY = Bench.BLOCK_COUNT * Bench.BLOCK_BYTES;

    private final ManualTimer timer = new ManualTimer();
    private final ArrayBackend store = Bench.backend();

    private Bench watched(BlockBackend backend) {
        Bench bench = Bench.of(backend, Bench.settings("disk"), timer);
        bench.unit().spaceWatch().start();
        return bench;
    }

    private static UnitSpace space(Bench bench) {
        return bench.unit().status().space();
    }

    @Test
    void theSpaceIsKnownAfterTheFirstLookAndFollows() {
        Bench bench = watched(store);
        assertFalse(space(bench).isKnown());
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertEquals(new UnitSpace(0, CAPACITY, true, false), space(bench));
        bench.initiator().write(new byte[Bench.BLOCK_BYTES], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        store.takenByOthers(CAPACITY / 2);
        timer.advance(SpaceWatch.PERIOD_MILLIS - 1);
        assertEquals(0, space(bench).usedBytes());
        timer.advance(1);
        assertEquals(new UnitSpace(4096, CAPACITY / 2 - 4096, true, false), space(bench));
    }

    @Test
    void whereNothingIsLeftTheSpaceIsLow() {
        store.takenByOthers(CAPACITY);
        Bench bench = watched(store);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertTrue(space(bench).low());
        store.takenByOthers(0);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertFalse(space(bench).low());
    }

    @Test
    void whatTakesAllThatItMayNeedsNoMoreSpace() {
        store.write(0, ByteBuffer.allocateDirect(CAPACITY), Set.of());
        store.takenByOthers(CAPACITY);
        Bench bench = watched(store);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertEquals(new UnitSpace(CAPACITY, 0, true, false), space(bench));
    }

    @Test
    void oneLookIsUnderWayAtATime() {
        SlowBackend slow = new SlowBackend(store);
        Bench bench = watched(slow);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertEquals(List.of(Operation.SPACE), slow.held());
        slow.release();
        assertTrue(space(bench).isKnown());
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertEquals(List.of(Operation.SPACE), slow.held());
    }

    @Test
    void afterAFailureItLooksAgain() {
        FaultyBackend faulty = new FaultyBackend(store);
        faulty.failNext(Operation.SPACE, Fault.READ_ERROR, -1);
        Bench bench = watched(faulty);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertFalse(space(bench).isKnown());
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertTrue(space(bench).isKnown());
    }

    @Test
    void aBackendThatDoesNotTellIsNotAskedAndNeitherIsOneThatHasGone() {
        EnumSet<Capability> silent = EnumSet.complementOf(EnumSet.of(Capability.SPACE));
        Bench bench = watched(new ArrayBackend(CAPACITY, Bench.BLOCK_BYTES, silent));
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertFalse(space(bench).isKnown());
        assertEquals(0, bench.unit().status().failures());

        Bench other = watched(store);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        other.detach(store);
        timer.advance(SpaceWatch.PERIOD_MILLIS);
        assertFalse(space(other).isKnown());
        assertEquals(0, other.unit().status().held());
    }

    @Test
    void aUnitThatIsGoneIsLookedAtNoMore() {
        SlowBackend slow = new SlowBackend(store);
        slow.letThrough(true);
        Bench bench = watched(slow);
        bench.unit().close();
        slow.letThrough(false);
        timer.advance(10 * SpaceWatch.PERIOD_MILLIS);
        assertEquals(List.of(), slow.held());
    }
}
