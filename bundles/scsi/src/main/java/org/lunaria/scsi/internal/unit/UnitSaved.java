package org.lunaria.scsi.internal.unit;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.lunaria.scsi.internal.operation.SavedOperation;
import org.lunaria.scsi.internal.saved.SavedStore;
import org.lunaria.scsi.internal.saved.SavedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a logical unit saves for itself: it is there again after a restart or a loss of power. A change is made durable, and
 * then it is seen. Thread-safe: changes are made one after the other, by a thread that may block.
 */
final class UnitSaved {
    private static final Logger LOG = LoggerFactory.getLogger(UnitSaved.class);

    private final String unit;
    private final String naa;
    private final SavedStore store;
    private final Executor work;

    private volatile SavedValues values = SavedValues.NONE;
    private volatile Optional<String> damage = Optional.empty();

    /**
     * Waits for the store, behind whatever a former unit of the same identity has asked it for.
     *
     * @param work one thread, or the caller's
     */
    UnitSaved(UnitSettings settings, SavedStore store, Executor work) {
        this.unit = settings.name();
        this.naa = settings.identity().naa();
        this.store = store;
        this.work = work;
        CompletableFuture.runAsync(this::load, work).join();
    }

    /** What is saved now. */
    SavedValues values() {
        return values;
    }

    /**
     * Where there was something that cannot be read, what is wrong with which file, until something is saved anew. In its place
     * there is nothing but an operation on the whole medium of which nobody knows what it was, and that counts as failed: what an
     * initiator wanted to be destroyed is served to nobody.
     */
    Optional<String> damage() {
        return damage;
    }

    /**
     * Changes what is saved.
     *
     * @param change makes the next values of the present ones; called by the thread that saves
     * @param then once the values are durable, before the stage completes and before the next change
     * @return completes on any thread, with whether it was done; false when it could not be made durable
     */
    CompletionStage<Boolean> change(UnaryOperator<SavedValues> change, Runnable then) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        work.execute(() -> {
            try {
                boolean durable = save(change.apply(values));
                if (durable) {
                    then.run();
                }
                done.complete(durable);
            } catch (RuntimeException bug) {
                done.completeExceptionally(bug);
            }
        });
        return done;
    }

    /** Reads anew what is saved. Completes on any thread, with whether it can be read, and is what the unit has. */
    CompletionStage<Boolean> check() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        work.execute(() -> {
            try {
                done.complete(damage.isEmpty()
                        && store.load(naa).orElse(SavedValues.NONE).equals(values));
            } catch (IOException | RuntimeException e) {
                LOG.error("unit {}: what it has saved cannot be read: {}", unit, e.toString());
                done.complete(false);
            }
        });
        return done;
    }

    private boolean save(SavedValues changed) {
        if (changed.equals(values)) {
            return true;
        }
        try {
            store.save(naa, changed);
        } catch (IOException e) {
            LOG.error("unit {}: what it was told to save cannot be saved", unit, e);
            return false;
        }
        values = changed;
        damage = Optional.empty();
        return true;
    }

    private void load() {
        try {
            Optional<SavedValues> loaded = store.load(naa);
            values = loaded.orElse(SavedValues.NONE);
        } catch (IOException e) {
            LOG.error(
                    "unit {}: what it has saved is lost; a sanitize operation may have been under way, so that nobody may"
                            + " use the unit before it is sanitized: {}",
                    unit,
                    e.getMessage());
            values = SavedOperation.unknown().in(SavedValues.NONE);
            damage = Optional.of(e.getMessage());
        }
    }
}
