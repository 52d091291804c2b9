package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.UnitStatus;

/** The SCSI engine: makes targets and units, which find each other by name. Thread-safe. */
final class Engine implements ScsiTargets, AutoCloseable {
    private final UnitRegistry registry = new UnitRegistry();
    private final ScheduledExecutorService timer;

    Engine() {
        this(timerThread());
    }

    /**
     * @param timer of the slots' graces and of task management; ended with the engine
     */
    Engine(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public ScsiTarget create(String name) {
        Target target = new Target(name, registry, timer);
        registry.watch(target);
        return target;
    }

    @Override
    public List<UnitStatus> units() {
        return registry.all().stream().map(LogicalUnit::status).toList();
    }

    /** A new unit, which no target sees yet. */
    LogicalUnit unit(UnitSettings settings) {
        return new LogicalUnit(settings, timer);
    }

    /** Shows a unit to the targets, or tells why that cannot be. */
    Optional<String> add(LogicalUnit unit) {
        return registry.add(unit);
    }

    /** Takes a unit from the targets; its tasks are aborted. The caller then ends it. */
    void remove(LogicalUnit unit) {
        registry.remove(unit);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static ScheduledExecutorService timerThread() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "lunaria-unit-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
