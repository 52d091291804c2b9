package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.Completions;

class BackendSlotTest {
    private static final long GRACE_MILLIS = 30_000;
    private static final Policy HOLD = new Policy(Policy.WhenGone.HOLD, GRACE_MILLIS);

    private final ManualTimer timer = new ManualTimer();
    private final List<String> changes = new ArrayList<>();
    private final BackendSlot slot = slot(HOLD);

    @Test
    void anOperationThatTheBackendCompletesAtOnceComesBackAtOnce() {
        slot.attach(new ScriptedBackend(Capability.WRITE));
        assertSame(Completions.DONE, slot.read(0, buffer(4096)));
        assertEquals(0, slot.status().inFlight());
        assertEquals(4096, slot.status().readBytes());
    }

    @Test
    void whatTheBackendHasInItsWayIsToldWhileItIsAttached() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.trouble = "its server is away.";
        assertEquals("", slot.status().trouble());
        slot.attach(backend);
        assertEquals("its server is away.", slot.status().trouble());
    }

    @Test
    void operationsBeforeTheFirstBackendAreHeldAndDoneInOrderWhenItComes() {
        CompletionStage<Void> write = slot.write(0, buffer(512), Set.of());
        CompletionStage<Void> read = slot.read(512, buffer(512));
        assertEquals(2, slot.status().held());
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        slot.attach(backend);
        assertTrue(Completions.isDone(write) && Completions.isDone(read));
        assertEquals(List.of("write 0+512 []", "read 512+512"), backend.calls);
    }

    @Test
    void anHeldOperationCanBeTakenBackUntilItHasBegun() {
        CompletionStage<Void> first = slot.write(0, buffer(512), Set.of());
        CompletionStage<Void> second = slot.write(512, buffer(512), Set.of());
        assertTrue(slot.withdraw(first));
        assertFalse(slot.withdraw(first));
        assertEquals(1, slot.status().held());
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        slot.attach(backend);
        assertFalse(slot.withdraw(second));
        assertFalse(first.toCompletableFuture().isDone());
        assertEquals(List.of("write 512+512 []"), backend.calls);
    }

    @Test
    void heldOperationsFailOfflineWhenTheGraceIsOverAndLaterOnesAtOnce() {
        CompletionStage<Void> held = slot.read(0, buffer(512));
        timer.advance(GRACE_MILLIS - 1);
        assertTrue(slot.available());
        timer.advance(1);
        assertFalse(slot.available());
        assertEquals(Fault.OFFLINE, fault(held));
        assertEquals(Fault.OFFLINE, fault(slot.read(0, buffer(512))));
    }

    @Test
    void aBackendThatComesAfterTheGraceServesAgain() {
        timer.advance(GRACE_MILLIS);
        slot.attach(new ScriptedBackend());
        assertTrue(slot.available());
        assertTrue(Completions.isDone(slot.read(0, buffer(512))));
    }

    @Test
    void aGraceThatABackendEndedDoesNotFailTheNextOne() {
        ScriptedBackend first = new ScriptedBackend();
        slot.attach(first);
        slot.detach(first);
        timer.advance(GRACE_MILLIS - 1);
        slot.attach(first);
        slot.detach(first);
        CompletionStage<Void> held = slot.read(0, buffer(512));
        timer.advance(GRACE_MILLIS - 1);
        assertEquals(1, slot.status().held());
        slot.attach(first);
        assertTrue(Completions.isDone(held));
    }

    @Test
    void withFailNothingIsHeld() {
        BackendSlot failing = slot(new Policy(Policy.WhenGone.FAIL, GRACE_MILLIS));
        timer.advance(0);
        assertEquals(Fault.OFFLINE, fault(failing.read(0, buffer(512))));
    }

    @Test
    void detachWaitsForWhatIsInFlight() throws Exception {
        ScriptedBackend backend = new ScriptedBackend();
        backend.slow = true;
        slot.attach(backend);
        CompletionStage<Void> read = slot.read(0, buffer(512));
        Thread detaching = startDetaching(backend);
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
        Thread detaching = startDetaching(first);
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
        Thread detaching = startDetaching(first);
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
        awaitDraining();
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
        detachInterrupted(first);
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

    @Test
    void whatABackendKeepsForTenSecondsIsToldOnceAndItsEndToo() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.slow = true;
        slot.attach(backend);
        slot.write(0, buffer(512), Set.of());
        timer.advance(4_000);
        slot.read(0, buffer(512));
        timer.advance(5_999);
        assertEquals(Stall.NONE, slot.status().stall());
        assertEquals("", slot.stallWatch().look());
        timer.advance(1);
        assertEquals(new Stall(1, 10_000), slot.status().stall());
        assertEquals(
                "unit disk-1: 1 operations wait for its backend since 10 s",
                slot.stallWatch().look());
        timer.advance(4_000);
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
        assertEquals(1, timer.waiting(StallWatch.PERIOD_MILLIS));
        timer.advance(StallWatch.PERIOD_MILLIS);
        assertEquals(1, timer.waiting(StallWatch.PERIOD_MILLIS));
        slot.close();
        timer.advance(StallWatch.PERIOD_MILLIS);
        assertEquals(0, timer.waiting(StallWatch.PERIOD_MILLIS));
    }

    @Test
    void whatABackendKeepsThatHasGoneIsStillWaitedFor() {
        ScriptedBackend backend = new ScriptedBackend();
        backend.slow = true;
        slot.attach(backend);
        slot.read(0, buffer(512));
        detachInterrupted(backend);
        timer.advance(10_000);
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
        timer.advance(3_000);
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
    void aSmallerBackendIsRefusedAndALargerOneIsAnnounced() {
        ScriptedBackend first = new ScriptedBackend();
        slot.attach(first);
        slot.detach(first);
        assertTrue(
                slot.attach(new ScriptedBackend(ScriptedBackend.CAPACITY / 2)).isPresent());
        assertEquals("DETACHED", slot.status().state());
        assertEquals(Optional.empty(), slot.attach(new ScriptedBackend(2 * ScriptedBackend.CAPACITY)));
        assertEquals(List.of("1048576 to 2097152"), changes);
    }

    @Test
    void inThePlaceOfAVolatileBackendNoneIsPutThatLacksItsBytes() {
        ScriptedBackend first = new ScriptedBackend(Capability.WRITE);
        first.isVolatile = true;
        slot.attach(first);
        slot.detach(first);
        CompletionStage<Void> held = slot.read(0, buffer(512));
        assertTrue(slot.attach(new ScriptedBackend(Capability.WRITE)).isPresent());
        assertEquals("DETACHED", slot.status().state());
        assertTrue(slot.status().detail().contains("the one that came is empty"));
        assertFalse(held.toCompletableFuture().isDone());
        assertEquals(Optional.empty(), slot.attach(first), "it has its bytes itself");
        assertTrue(Completions.isDone(held));
    }

    @Test
    void aSecondBackendIsRefusedWhileOneIsAttached() {
        slot.attach(new ScriptedBackend());
        assertTrue(slot.attach(new ScriptedBackend()).isPresent());
    }

    @Test
    void growthOfTheAttachedBackendIsSeenAtTheNextLookAtTheProfile() {
        ScriptedBackend backend = new ScriptedBackend();
        slot.attach(backend);
        backend.grow(4 * ScriptedBackend.CAPACITY);
        assertEquals(4 * ScriptedBackend.CAPACITY, slot.profile().orElseThrow().capacityBytes());
        assertEquals(List.of("1048576 to 4194304"), changes);
    }

    @Test
    void moreThanTheBoundIsRefusedAsBusyAndWhatWasHeldStays() {
        for (int i = 0; i < WaitingRoom.MAX_OPERATIONS; i++) {
            slot.read(0, buffer(0));
        }
        assertEquals(Fault.BUSY, fault(slot.read(0, buffer(0))));
        assertEquals(WaitingRoom.MAX_OPERATIONS, slot.status().held());
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

    @Test
    void aClosedSlotFailsWhatItHeld() {
        CompletionStage<Void> held = slot.read(0, buffer(512));
        slot.close();
        assertEquals(Fault.OFFLINE, fault(held));
    }

    /** Takes a backend out that does not end what it has, without waiting for it. */
    private void detachInterrupted(ScriptedBackend backend) {
        Thread.currentThread().interrupt();
        slot.detach(backend);
        assertTrue(Thread.interrupted());
    }

    /** A thread that takes the backend out, once it is past the admission of more. */
    private Thread startDetaching(ScriptedBackend backend) {
        Thread detaching = new Thread(() -> slot.detach(backend));
        detaching.start();
        awaitDraining();
        return detaching;
    }

    private void awaitDraining() {
        while (!slot.status().state().equals("DRAINING")) {
            Thread.onSpinWait();
        }
    }

    private static List<String> sorted(List<String> calls) {
        List<String> sorted = new ArrayList<>(calls);
        sorted.sort(null);
        return sorted;
    }

    private BackendSlot slot(Policy policy) {
        return new BackendSlot("disk-1", policy, timer, timer::nanoTime, new BackendSlot.Listener() {
            @Override
            public void profileChanged(Profile before, Profile now) {
                changes.add(before.capacityBytes() + " to " + now.capacityBytes());
            }
        });
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    private static Fault fault(CompletionStage<?> stage) {
        assertTrue(stage.toCompletableFuture().isDone(), "the stage is still open");
        return Completions.failure(assertThrows(
                        CompletionException.class,
                        () -> stage.toCompletableFuture().join()))
                .fault();
    }
}
