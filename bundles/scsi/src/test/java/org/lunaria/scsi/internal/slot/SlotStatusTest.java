package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.slot.SlotBench.buffer;
import static org.lunaria.scsi.internal.slot.SlotBench.fault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

/** What a slot tells of itself, and counts. */
class SlotStatusTest {
    private final SlotBench bench = new SlotBench();
    private final BackendSlot slot = bench.slot;

    @Test
    void whatTheBackendHasInItsWayIsToldWhileItIsAttached() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.trouble = "its server is away.";
        assertEquals("", slot.status().trouble());
        slot.attach(backend);
        assertEquals("its server is away.", slot.status().trouble());
    }

    @Test
    void whatABackendKeepsForTenSecondsIsToldOnceAndItsEndToo() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.slow = true;
        slot.attach(backend);
        slot.write(0, buffer(512), Set.of());
        bench.timer.advance(4_000);
        slot.read(0, buffer(512));
        bench.timer.advance(5_999);
        assertEquals(Stall.NONE, slot.status().stall());
        assertEquals("", slot.stallWatch().look());
        bench.timer.advance(1);
        assertEquals(new Stall(1, 10_000), slot.status().stall());
        assertEquals(
                "unit disk-1: 1 operations wait for its backend since 10 s",
                slot.stallWatch().look());
        bench.timer.advance(4_000);
        assertEquals(new Stall(2, 14_000), slot.status().stall());
        assertEquals("", slot.stallWatch().look());
        backend.pending.forEach(stage -> stage.complete(null));
        assertEquals(Stall.NONE, slot.status().stall());
        assertEquals(
                "unit disk-1: its backend has ended what waited for it for 14 s or longer",
                slot.stallWatch().look());
    }

    @Test
    void theWatchLooksByItselfUntilTheUnitGoes() {
        slot.stallWatch().start();
        assertEquals(1, bench.timer.waiting(StallWatch.PERIOD_MILLIS));
        bench.timer.advance(StallWatch.PERIOD_MILLIS);
        assertEquals(1, bench.timer.waiting(StallWatch.PERIOD_MILLIS));
        slot.close();
        bench.timer.advance(StallWatch.PERIOD_MILLIS);
        assertEquals(0, bench.timer.waiting(StallWatch.PERIOD_MILLIS));
    }

    @Test
    void whatABackendKeepsThatHasGoneIsStillWaitedFor() {
        ScriptedBackend backend = new ScriptedBackend();
        backend.slow = true;
        slot.attach(backend);
        slot.read(0, buffer(512));
        bench.detachInterrupted(backend);
        bench.timer.advance(10_000);
        assertEquals(1, slot.status().stall().operations());
    }

    @Test
    void everyKindOfOperationIsCountedAndTimedForItself() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE, Capability.UNMAP, Capability.WRITE_ZEROES);
        backend.slow = true;
        backend.slowFlush = true;
        slot.attach(backend);
        slot.read(0, buffer(1024));
        slot.write(0, buffer(512), Set.of());
        slot.unmap(0, 4096);
        slot.writeZeroes(0, 8192, Set.of());
        slot.flush();
        bench.timer.advance(3_000);
        backend.pending.forEach(stage -> stage.complete(null));
        assertEquals(
                List.of("READ 1 1024 3", "WRITE 1 512 3", "FLUSH 1 0 3", "UNMAP 1 4096 3", "WRITE_ZEROES 1 8192 3"),
                slot.traffic().operations().stream()
                        .map(each -> each.kind() + " " + each.count() + " " + each.bytes() + " "
                                + Math.round(each.latency().percentileNanos(99) / 1e9))
                        .toList());
    }

    @Test
    void ofReadsThatAreDoneAtOnceOneInEightIsTimedForEight() {
        slot.attach(new ScriptedBackend());
        for (int i = 0; i < 80; i++) {
            slot.read(0, buffer(512));
        }
        assertEquals(80, slot.traffic().operations().get(0).count());
        assertEquals(80, slot.traffic().operations().get(0).latency().count());
    }

    @Test
    void aFailureIsCountedAndShown() {
        ScriptedBackend backend = new ScriptedBackend();
        backend.slow = true;
        slot.attach(backend);
        CompletionStage<Void> read = slot.read(0, buffer(512));
        backend.pending.get(0).completeExceptionally(new Failure(Fault.READ_ERROR, 0, "bad sector"));
        assertEquals(Fault.READ_ERROR, fault(read));
        assertEquals(1, slot.status().failures());
        assertEquals("last failure: READ_ERROR bad sector", slot.status().detail());
        SlotFailure last = slot.status().lastFailure().orElseThrow();
        assertEquals("READ", last.operation());
        assertEquals(0, last.offset());
        assertEquals(0, slot.status().inFlight());
    }

    @Test
    void aFailureThatNamesNoByteIsToldWithThatOfItsOperation() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.slow = true;
        slot.attach(backend);
        slot.write(1024, buffer(512), Set.of());
        backend.pending.get(0).completeExceptionally(new Failure(Fault.WRITE_ERROR, -1, "no"));
        assertEquals(1024, slot.status().lastFailure().orElseThrow().offset());
        assertEquals("WRITE", slot.status().lastFailure().orElseThrow().operation());
    }

    @Test
    void theLastHoldsAreRememberedAndSinceWhenTheBackendIsThere() {
        assertEquals(Optional.empty(), slot.status().attachedSince());
        for (int i = 0; i < 10; i++) {
            ScriptedBackend backend = new ScriptedBackend();
            slot.attach(backend);
            assertTrue(slot.status().attachedSince().isPresent());
            slot.detach(backend);
        }
        slot.attach(new ScriptedBackend());
        assertEquals(8, slot.status().holds().size());
        assertTrue(slot.status().holds().stream().allMatch(hold -> hold.millis() > 0));
    }
}
