package org.lunaria.scsi.engine;

import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.internal.unit.ServedUnit;

/**
 * A logical unit of a {@link ScsiEngine}. Its backend may be taken out and another one put in while initiators are logged in: what they
 * ask for meanwhile is held, as the settings {@code whenGone} and {@code graceMillis} say. Backends stay their owner's, who closes
 * them when they are out. Thread-safe.
 */
public final class ScsiUnit implements AutoCloseable {
    private final ServedUnit unit;

    /** Guarded by this. */
    private Optional<BlockBackend> attached = Optional.empty();

    ScsiUnit(ServedUnit unit) {
        this.unit = unit;
    }

    public String name() {
        return unit.name();
    }

    /**
     * Puts a backend in; held commands go on.
     *
     * @throws IllegalStateException when one is in
     * @throws IllegalArgumentException with one sentence when it does not fit: it is smaller than the last one, for initiators know the
     *     capacity, or its blocks are larger than the unit's
     */
    public synchronized void attach(BlockBackend backend) {
        if (attached.isPresent()) {
            throw new IllegalStateException("unit " + name() + " has a backend; detach it first");
        }
        unit.arrived(backend);
        Optional<String> refusal = unit.absence();
        if (refusal.isPresent()) {
            unit.gone(backend);
            throw new IllegalArgumentException("unit " + name() + ": " + refusal.get());
        }
        attached = Optional.of(backend);
    }

    /**
     * Takes the backend out: waits until what it has under way is done, and flushes it. Blocks until then, three times the
     * setting {@code drainMillis} at most. Without effect when none is in.
     */
    public synchronized void detach() {
        attached.ifPresent(unit::gone);
        attached = Optional.empty();
    }

    /** The unit goes from all targets, its tasks are aborted, and its backend is taken out. */
    @Override
    public void close() {
        unit.hide();
        detach();
        unit.close();
    }
}
