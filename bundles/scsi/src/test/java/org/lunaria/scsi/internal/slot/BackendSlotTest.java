package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.slot.SlotBench.GRACE_MILLIS;
import static org.lunaria.scsi.internal.slot.SlotBench.buffer;
import static org.lunaria.scsi.internal.slot.SlotBench.fault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.Completions;

/** What comes to a slot while a backend is there, and while none is. */
class BackendSlotTest {
    private final SlotBench bench = new SlotBench();
    private final BackendSlot slot = bench.slot;

    @Test
    void anOperationThatTheBackendCompletesAtOnceComesBackAtOnce() {
        slot.attach(new ScriptedBackend(Capability.WRITE));
        assertSame(Completions.DONE, slot.read(0, buffer(4096)));
        assertEquals(0, slot.status().inFlight());
        assertEquals(4096, slot.status().readBytes());
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
        bench.timer.advance(GRACE_MILLIS - 1);
        assertTrue(slot.available());
        bench.timer.advance(1);
        assertFalse(slot.available());
        assertEquals(Fault.OFFLINE, fault(held));
        assertEquals(Fault.OFFLINE, fault(slot.read(0, buffer(512))));
    }

    @Test
    void aBackendThatComesAfterTheGraceServesAgain() {
        bench.timer.advance(GRACE_MILLIS);
        slot.attach(new ScriptedBackend());
        assertTrue(slot.available());
        assertTrue(Completions.isDone(slot.read(0, buffer(512))));
    }

    @Test
    void aGraceThatABackendEndedDoesNotFailTheNextOne() {
        ScriptedBackend first = new ScriptedBackend();
        slot.attach(first);
        slot.detach(first);
        bench.timer.advance(GRACE_MILLIS - 1);
        slot.attach(first);
        slot.detach(first);
        CompletionStage<Void> held = slot.read(0, buffer(512));
        bench.timer.advance(GRACE_MILLIS - 1);
        assertEquals(1, slot.status().held());
        slot.attach(first);
        assertTrue(Completions.isDone(held));
    }

    @Test
    void withFailNothingIsHeld() {
        BackendSlot failing = bench.slot(new Policy(Policy.WhenGone.FAIL, GRACE_MILLIS));
        bench.timer.advance(0);
        assertEquals(Fault.OFFLINE, fault(failing.read(0, buffer(512))));
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
        assertEquals(List.of("1048576 to 2097152"), bench.changes);
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
        assertEquals(List.of("1048576 to 4194304"), bench.changes);
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
    void aClosedSlotFailsWhatItHeld() {
        CompletionStage<Void> held = slot.read(0, buffer(512));
        slot.close();
        assertEquals(Fault.OFFLINE, fault(held));
    }
}
