package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.slot.SlotBench.GRACE_MILLIS;
import static org.lunaria.scsi.internal.slot.SlotBench.buffer;
import static org.lunaria.scsi.internal.slot.SlotBench.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.Completions;

/** Backends that go, and others that take their place. */
class BackendExchangeTest {
    private final SlotBench bench = new SlotBench();
    private final BackendSlot slot = bench.slot;

    @Test
    void detachWaitsForWhatIsInFlight() throws Exception {
        ScriptedBackend backend = new ScriptedBackend();
        backend.slow = true;
        slot.attach(backend);
        CompletionStage<Void> read = slot.read(0, buffer(512));
        Thread detaching = bench.startDetaching(backend);
        CompletionStage<Void> late = slot.read(512, buffer(512));
        assertEquals(1, slot.status().held());
        backend.slow = false;
        backend.pending.get(0).complete(null);
        detaching.join();
        assertTrue(Completions.isDone(read));
        assertFalse(late.toCompletableFuture().isDone());
        assertEquals("DETACHED", slot.status().state());
    }

    @Test
    void whatAGoingBackendEndsAsOfflineIsRepeatedOnTheNextWithItsWholeRange() throws Exception {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        first.slow = true;
        slot.attach(first);
        CompletionStage<Void> write = slot.write(4096, buffer(512), Set.of());
        Thread detaching = bench.startDetaching(first);
        first.slow = false;
        first.pending.get(0).completeExceptionally(new Failure(Fault.OFFLINE, -1, "closed"));
        detaching.join();
        assertFalse(write.toCompletableFuture().isDone());
        ScriptedBackend second = new ScriptedBackend(Capability.WRITE);
        slot.attach(second);
        assertTrue(Completions.isDone(write));
        assertEquals(List.of("write 4096+512 []"), second.calls);
        assertEquals(1, slot.status().swaps());
        assertEquals(0, slot.status().failures());
    }

    @Test
    void aFlushIsNotRepeatedOnAnotherBackend() throws Exception {
        ScriptedBackend first = new ScriptedBackend();
        first.slowFlush = true;
        slot.attach(first);
        CompletionStage<Void> flush = slot.flush();
        first.slowFlush = false;
        Thread detaching = bench.startDetaching(first);
        first.pending.get(0).completeExceptionally(new Failure(Fault.OFFLINE, -1, "closed"));
        detaching.join();
        assertEquals(Fault.OFFLINE, fault(flush));
    }

    @Test
    void aBackendThatGoesIsFlushedAndItsFailureIsToldByTheNextFlushOnce() throws Exception {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        slot.attach(first);
        slot.write(0, buffer(512), Set.of());
        first.slowFlush = true;
        Thread detaching = new Thread(() -> slot.detach(first));
        detaching.start();
        while (first.pending.isEmpty()) {
            Thread.onSpinWait();
        }
        // The kernel tells of a failed write-back once: the flush that follows may end well.
        first.slowFlush = false;
        first.pending.get(0).completeExceptionally(new Failure(Fault.WRITE_ERROR, -1, "disk died"));
        detaching.join();
        CompletionStage<Void> held = slot.flush();
        slot.attach(new ScriptedBackend(Capability.WRITE));
        assertEquals(Fault.WRITE_ERROR, fault(held));
        assertTrue(Completions.isDone(slot.flush()));
    }

    @Test
    void aBackendIsExchangedWhenTheFirstHasEndedWhatItHas() throws Exception {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        first.slow = true;
        slot.attach(first);
        CompletionStage<Void> write = slot.write(0, buffer(512), Set.of());
        ScriptedBackend second = new ScriptedBackend(Capability.WRITE);
        Thread exchanging = new Thread(() -> slot.exchange(first, second, Optional::empty));
        exchanging.start();
        bench.awaitDraining();
        CompletionStage<Void> held = slot.write(512, buffer(512), Set.of());
        assertFalse(held.toCompletableFuture().isDone());
        first.pending.get(0).complete(null);
        exchanging.join();
        assertTrue(Completions.isDone(write) && Completions.isDone(held));
        assertEquals(List.of("flush", "flush", "write 0+512 []"), sorted(first.calls));
        assertEquals(List.of("write 512+512 []"), second.calls);
        assertEquals(1, slot.status().swaps());
        assertTrue(slot.status().lastHoldMillis() > 0);
    }

    @Test
    void aVetoLetsTheFirstBackendGoOn() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        slot.attach(first);
        ScriptedBackend second = new ScriptedBackend(Capability.WRITE);
        assertEquals(
                Optional.of("it misses a write"), slot.exchange(first, second, () -> Optional.of("it misses a write")));
        assertTrue(Completions.isDone(slot.write(0, buffer(512), Set.of())));
        assertEquals(List.of(), second.calls);
        assertEquals(0, slot.status().swaps());
        assertEquals("it misses a write", slot.status().detail());
    }

    @Test
    void anExchangeForASmallerBackendIsRefusedBeforeAnythingIsHeld() {
        ScriptedBackend first = new ScriptedBackend();
        slot.attach(first);
        assertTrue(slot.exchange(first, new ScriptedBackend(ScriptedBackend.CAPACITY / 2), Optional::empty)
                .isPresent());
        assertEquals(List.of(), first.calls);
        assertTrue(Completions.isDone(slot.read(0, buffer(512))));
    }

    @Test
    void anExchangeOfABackendThatCannotBeFlushedIsNone() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        slot.attach(first);
        slot.write(0, buffer(512), Set.of());
        first.flushFailure = Optional.of(new Failure(Fault.WRITE_ERROR, -1, "disk died"));
        assertTrue(slot.exchange(first, new ScriptedBackend(Capability.WRITE), Optional::empty)
                .isPresent());
        assertTrue(slot.isAttached());
        assertEquals(0, slot.status().swaps());
        first.flushFailure = Optional.empty();
        assertEquals(Fault.WRITE_ERROR, fault(slot.flush()));
        assertTrue(Completions.isDone(slot.flush()));
    }

    @Test
    void aWriteThatEndsAfterAnExchangeCameToNothingIsFlushed() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        first.slow = true;
        slot.attach(first);
        CompletionStage<Void> write = slot.write(0, buffer(512), Set.of());
        // Who is interrupted does not wait.
        Thread.currentThread().interrupt();
        assertTrue(slot.exchange(first, new ScriptedBackend(Capability.WRITE), Optional::empty)
                .isPresent());
        assertTrue(Thread.interrupted());
        slot.flush();
        first.calls.clear();
        first.pending.get(0).complete(null);
        assertTrue(Completions.isDone(write));
        assertTrue(Completions.isDone(slot.flush()));
        assertEquals(List.of("flush"), first.calls);
    }

    @Test
    void aChangeThatABackendHadWhenItWentIsDoneOnTheNextWhateverTheFirstSaysOfIt() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE, Capability.UNMAP);
        first.slow = true;
        slot.attach(first);
        CompletionStage<Void> write = slot.write(4096, buffer(512), Set.of());
        CompletionStage<Void> unmap = slot.unmap(8192, 4096);
        CompletionStage<Void> read = slot.read(0, buffer(512));
        bench.detachInterrupted(first);
        assertEquals(3, slot.status().inFlight());
        ScriptedBackend second = new ScriptedBackend(Capability.WRITE, Capability.UNMAP);
        slot.attach(second);
        assertFalse(write.toCompletableFuture().isDone());
        first.pending.forEach(stage -> stage.complete(null));
        assertTrue(Completions.isDone(write) && Completions.isDone(unmap) && Completions.isDone(read));
        assertEquals(List.of("write 4096+512 []", "unmap 8192+4096"), second.calls);
        assertEquals(0, slot.status().inFlight());
    }

    @Test
    void aBackendThatGoesIsWaitedForAsLongAsThePolicySays() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        first.slow = true;
        slot.attach(first);
        slot.policy(new Policy(Policy.WhenGone.HOLD, GRACE_MILLIS, 1));
        slot.write(0, buffer(512), Set.of());
        assertEquals(
                Optional.of("its backend did not end what it has within 1 ms"),
                slot.exchange(first, new ScriptedBackend(Capability.WRITE), Optional::empty));
        assertEquals("ATTACHED", slot.status().state());
        slot.detach(first);
        assertEquals("DETACHED", slot.status().state());
        assertEquals(1, slot.status().inFlight());
    }

    private static List<String> sorted(List<String> calls) {
        List<String> sorted = new ArrayList<>(calls);
        sorted.sort(null);
        return sorted;
    }
}
