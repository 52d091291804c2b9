package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.Completions;

/** A slot of the unit {@code disk-1} whose time a test moves on. Confined to its test. */
final class SlotBench {
    static final long GRACE_MILLIS = 30_000;

    final ManualTimer timer = new ManualTimer();

    /** Each change of the profile that the slot told, as "1048576 to 2097152". */
    final List<String> changes = new ArrayList<>();

    /** One that holds what comes while it has no backend. */
    final BackendSlot slot = slot(new Policy(Policy.WhenGone.HOLD, GRACE_MILLIS));

    /** Another one, with the same timer. */
    BackendSlot slot(Policy policy) {
        return new BackendSlot("disk-1", policy, timer, timer::nanoTime, new BackendSlot.Listener() {
            @Override
            public void profileChanged(Profile before, Profile now) {
                changes.add(before.capacityBytes() + " to " + now.capacityBytes());
            }
        });
    }

    /** Takes a backend out that does not end what it has, without waiting for it. */
    void detachInterrupted(ScriptedBackend backend) {
        Thread.currentThread().interrupt();
        slot.detach(backend);
        assertTrue(Thread.interrupted());
    }

    /** A thread that takes the backend out, once it is past the admission of more. */
    Thread startDetaching(ScriptedBackend backend) {
        Thread detaching = new Thread(() -> slot.detach(backend));
        detaching.start();
        awaitDraining();
        return detaching;
    }

    void awaitDraining() {
        while (!slot.status().state().equals("DRAINING")) {
            Thread.onSpinWait();
        }
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    /** With which fault a stage has ended. */
    static Fault fault(CompletionStage<?> stage) {
        assertTrue(stage.toCompletableFuture().isDone(), "the stage is still open");
        return Completions.failure(assertThrows(
                        CompletionException.class,
                        () -> stage.toCompletableFuture().join()))
                .fault();
    }
}
