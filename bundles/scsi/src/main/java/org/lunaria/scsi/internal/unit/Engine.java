package org.lunaria.scsi.internal.unit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;
import org.lunaria.scsi.internal.command.RodTokens;
import org.lunaria.scsi.internal.command.UnitTokens;
import org.lunaria.scsi.internal.reservation.ReservationFolder;
import org.lunaria.scsi.internal.reservation.ReservationStore;
import org.lunaria.scsi.internal.saved.SavedFolder;
import org.lunaria.scsi.internal.saved.SavedStore;
import org.lunaria.settings.Verdicts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SCSI engine: makes targets and units, which find each other by name. Thread-safe. */
public final class Engine implements ScsiTargets, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** A file for each unit that keeps its persistent reservations. */
    private static final String RESERVATIONS = "reservations";

    /** Likewise for each that has saved something. */
    private static final String SAVED = "saved";

    private final UnitRegistry registry = new UnitRegistry();
    private final Verdicts verdicts = new Verdicts();
    private final PortGroups groups;
    private final ScheduledExecutorService timer;
    private final ReservationStore store;
    private final SavedStore saved;
    private final ExecutorService savingWork;
    private final Supplier<DeviceClock> clocks;
    private final RodTokens rodTokens;
    private final ScheduledExecutorService operationWork;

    /** @param folder in which units keep over restarts what is to be kept; made when it is needed */
    public Engine(Path folder) {
        this(new ReservationFolder(folder.resolve(RESERVATIONS)), new SavedFolder(folder.resolve(SAVED)));
    }

    /**
     * @param store of persistent reservations
     * @param saved of what units save for themselves
     */
    Engine(ReservationStore store, SavedStore saved) {
        this(
                thread("lunaria-unit-timer"),
                store,
                saved,
                savingThread(),
                () -> new DeviceClock(System::currentTimeMillis, System::nanoTime),
                new RodTokens(System::nanoTime),
                thread("lunaria-medium"));
    }

    /**
     * @param timer of the slots' graces and of task management; ended with the engine
     * @param store of persistent reservations
     * @param saved of what units save for themselves
     * @param savingWork changes what is kept, one after the other; ended with the engine
     * @param clocks makes the clock of a unit
     * @param rodTokens those of all units
     * @param operationWork does operations on whole media, piece by piece; ended with the engine
     */
    Engine(
            ScheduledExecutorService timer,
            ReservationStore store,
            SavedStore saved,
            ExecutorService savingWork,
            Supplier<DeviceClock> clocks,
            RodTokens rodTokens,
            ScheduledExecutorService operationWork) {
        this.timer = timer;
        this.store = store;
        this.saved = saved;
        this.groups = new PortGroups(saved);
        this.savingWork = savingWork;
        this.clocks = clocks;
        this.rodTokens = rodTokens;
        this.operationWork = operationWork;
    }

    @Override
    public ScsiTarget create(String name) {
        Target target = new Target(name, groups.identifier(name), registry, timer);
        registry.watch(target);
        return target;
    }

    @Override
    public Optional<String> eject(String unit, boolean force) {
        return registry.find(unit)
                .map(found -> found.tray().ejectByOperator(force))
                .orElseGet(() -> Optional.of(absent(unit)));
    }

    @Override
    public Optional<String> load(String unit) {
        return registry.find(unit)
                .map(found -> found.tray().loadByOperator())
                .orElseGet(() -> Optional.of(absent(unit)));
    }

    @Override
    public SizeChange resize(String unit, long capacityBytes, boolean shrink) {
        return registry.find(unit)
                .map(found -> new Resizing(found).resize(capacityBytes, shrink))
                .orElseGet(() -> SizeChange.refused(absent(unit)));
    }

    private static String absent(String unit) {
        return "there is no logical unit " + unit + " that runs; see appliance:status.";
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return verdicts.of(pid, values);
    }

    /** Where units tell what they made of their configurations. */
    Verdicts verdicts() {
        return verdicts;
    }

    @Override
    public List<UnitStatus> units() {
        return registry.all().stream().map(LogicalUnit::status).toList();
    }

    @Override
    public List<UnitTraffic> traffic() {
        return registry.all().stream().map(unit -> unit.slot().traffic()).toList();
    }

    /** A new unit, which no target sees yet. */
    LogicalUnit unit(UnitSettings settings) {
        return new LogicalUnit(
                settings,
                timer,
                new UnitReservations(settings, store, savingWork),
                new UnitSaved(settings, saved, savingWork),
                clocks.get(),
                new UnitTokens(rodTokens),
                operationWork);
    }

    /** Shows a unit to the targets, or tells why that cannot be. */
    Optional<String> add(LogicalUnit unit) {
        Optional<String> clash = registry.add(unit);
        if (clash.isEmpty()) {
            unit.operations().resume();
        }
        return clash;
    }

    /** Takes a unit from the targets; its tasks are aborted. The caller then ends it. */
    void remove(LogicalUnit unit) {
        registry.remove(unit);
    }

    @Override
    public void forget(String naa) {
        Future<?> forgotten = savingWork.submit(() -> {
            store.delete(naa);
            saved.delete(naa);
            return null;
        });
        try {
            forgotten.get();
        } catch (ExecutionException e) {
            LOG.warn(
                    "what unit {} has saved, or its persistent reservations, stay on disk: {}",
                    naa,
                    e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        operationWork.shutdownNow();
        savingWork.shutdown();
    }

    /** Its queue is bounded by the tasks of the units. */
    private static ExecutorService savingThread() {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "lunaria-saving");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ScheduledExecutorService thread(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
