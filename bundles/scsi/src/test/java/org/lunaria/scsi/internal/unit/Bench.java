package org.lunaria.scsi.internal.unit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.internal.command.RodTokens;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.reservation.MapStore;
import org.lunaria.scsi.internal.saved.MapSavedStore;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.scsi.internal.slot.Policy.WhenGone;

/** A target with a unit under LUN 0, for tests: the whole way from a task to its answer, without OSGi. */
public final class Bench {
    public static final int BLOCK_BYTES = 512;
    public static final int BLOCK_COUNT = 2048;

    /** The time, which stands still. */
    static final long NOW_MILLIS = 1_795_693_800_000L;

    /** Fails what a backend does not do at once, so that nothing waits. */
    private static final Policy FAIL = new Policy(WhenGone.FAIL, 0);

    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1, work -> {
        Thread thread = new Thread(work, "bench-timer");
        thread.setDaemon(true);
        return thread;
    });

    private final Engine engine;
    private final MapStore store;
    private final MapSavedStore saved;
    private final QueuedWork reservationWork = new QueuedWork();
    private final AtomicLong passedNanos = new AtomicLong();
    private final ManualTimer operationWork = new ManualTimer();
    private final ScsiTarget target;
    private final LogicalUnit unit;
    private LunMap luns;

    private Bench(UnitSettings settings, ScheduledExecutorService timer, MapStore store, MapSavedStore saved) {
        this.store = store;
        this.saved = saved;
        engine = new Engine(
                timer,
                store,
                saved,
                reservationWork,
                () -> new DeviceClock(() -> NOW_MILLIS, () -> 0),
                new RodTokens(passedNanos::get),
                operationWork);
        target = engine.create("iqn.2026-11.example:target");
        unit = engine.unit(settings);
        engine.add(unit).ifPresent(clash -> {
            throw new AssertionError(clash);
        });
        luns = new LunMap(Map.of(0, new Mapping(settings.name(), false)));
    }

    static UnitSettings settings(String name) {
        return new UnitSettings(name, name, identity(name, false), BLOCK_BYTES, false, true, false, FAIL);
    }

    private static Identity identity(String name, boolean removable) {
        return identity(DeviceType.DISK, name, removable);
    }

    private static Identity identity(DeviceType type, String name, boolean removable) {
        String naa = "3" + "%015x".formatted(Math.abs((long) name.hashCode()));
        return new Identity(type, "LUNARIA", "VOLUME", "0.1", "serial-" + name, naa, removable, 1);
    }

    public static ArrayBackend backend() {
        return new ArrayBackend(BLOCK_COUNT * BLOCK_BYTES, BLOCK_BYTES);
    }

    /** A unit on a backend. */
    public static Bench of(BlockBackend backend) {
        return of(backend, settings("disk"));
    }

    static Bench of(BlockBackend backend, UnitSettings settings) {
        return of(backend, settings, TIMER);
    }

    /** A unit on a backend whose time passes when the test says so. */
    static Bench of(BlockBackend backend, UnitSettings settings, ScheduledExecutorService timer) {
        return of(backend, settings, timer, new MapStore(), new MapSavedStore());
    }

    private static Bench of(
            BlockBackend backend,
            UnitSettings settings,
            ScheduledExecutorService timer,
            MapStore store,
            MapSavedStore saved) {
        Bench bench = new Bench(settings, timer, store, saved);
        bench.attach(backend);
        return bench;
    }

    /** The same after a loss of power: new, but for what is kept. */
    Bench afterPowerLoss(BlockBackend backend) {
        return afterPowerLoss(backend, unit.settings());
    }

    /**
     * The same after a loss of power, with a configuration that may be another. No grace runs out meanwhile: what goes on before
     * the backend is there waits for it.
     */
    Bench afterPowerLoss(BlockBackend backend, UnitSettings settings) {
        return of(backend, settings, new ManualTimer(), store, saved);
    }

    /** Lets time pass for ROD tokens. */
    void pass(long seconds) {
        passedNanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    public MapSavedStore saved() {
        return saved;
    }

    MapStore store() {
        return store;
    }

    /** What changes reservations: at once, unless it is held. */
    QueuedWork reservationWork() {
        return reservationWork;
    }

    /** What works on whole media: at once, but that time passes only when a test says so. */
    ManualTimer operationWork() {
        return operationWork;
    }

    public static Bench withoutBackend() {
        return new Bench(settings("disk"), TIMER, new MapStore(), new MapSavedStore());
    }

    public static Bench removable(BlockBackend backend) {
        return of(
                backend,
                new UnitSettings("disk", "disk", identity("disk", true), BLOCK_BYTES, false, true, false, FAIL));
    }

    /** A unit that makes each write durable. */
    public static Bench writeThrough(BlockBackend backend) {
        return of(
                backend,
                new UnitSettings("disk", "disk", identity("disk", false), BLOCK_BYTES, false, false, false, FAIL));
    }

    /** A unit whose operations wait when its backend goes. */
    static Bench holding(BlockBackend backend, ScheduledExecutorService timer) {
        return of(
                backend,
                new UnitSettings(
                        "disk",
                        "disk",
                        identity("disk", false),
                        BLOCK_BYTES,
                        false,
                        true,
                        false,
                        new Policy(WhenGone.HOLD, 30_000)),
                timer);
    }

    /** A unit that answers what another initiator aborts. */
    static Bench withTaskAbortedStatus(BlockBackend backend, ScheduledExecutorService timer) {
        return of(
                backend,
                new UnitSettings("disk", "disk", identity("disk", false), BLOCK_BYTES, false, true, true, FAIL),
                timer);
    }

    public static Bench readOnly(BlockBackend backend) {
        return of(
                backend,
                new UnitSettings("disk", "disk", identity("disk", false), BLOCK_BYTES, true, true, false, FAIL));
    }

    /** A unit on a backend whose reservations are kept in a store. */
    public static Bench of(
            BlockBackend backend,
            DeviceType type,
            int blockBytes,
            boolean removable,
            boolean readOnly,
            MapStore reservations) {
        return of(
                backend,
                new UnitSettings(
                        "disk", "disk", identity(type, "disk", removable), blockBytes, readOnly, true, false, FAIL),
                TIMER,
                reservations,
                new MapSavedStore());
    }

    /** A CD/DVD drive with the bytes of a backend as its disc. */
    public static Bench cdrom(BlockBackend backend) {
        return of(backend, DeviceType.CDROM, 2048, true, true, new MapStore());
    }

    public static Bench withBlocksOf(int blockBytes, BlockBackend backend) {
        return of(
                backend,
                new UnitSettings("disk", "disk", identity("disk", false), blockBytes, false, true, false, FAIL));
    }

    public void attach(BlockBackend backend) {
        Optional<String> refusal = unit.slot().attach(backend);
        if (refusal.isPresent()) {
            throw new AssertionError(refusal.get());
        }
    }

    /** What the administrator does to the medium; empty when it is done. */
    public Optional<String> eject(boolean force) {
        return engine.eject("disk", force);
    }

    public Optional<String> load() {
        return engine.load("disk");
    }

    public void detach(BlockBackend backend) {
        unit.slot().detach(backend);
    }

    Engine engine() {
        return engine;
    }

    public ScsiTarget target() {
        return target;
    }

    LogicalUnit unit() {
        return unit;
    }

    /** An initiator's access to the unit. */
    LunAccess access(Initiator initiator) {
        return ((Target) target).access(initiator.nexus(), 0);
    }

    /** What initiators see from now on, unless they have a map of their own. */
    void map(LunMap changed) {
        luns = changed;
        target.remap();
    }

    /** An initiator that has not sent a command yet. */
    public Initiator newInitiator(String name) {
        return newInitiator(name, () -> luns);
    }

    /** One that sees a map of its own. */
    Initiator newInitiator(String name, Supplier<LunMap> seen) {
        return new Initiator(target, name, 1, seen);
    }

    /** One that comes by another target port than all others. */
    Initiator initiatorByPort(String name, int port) {
        return new Initiator(target, name, port, () -> luns).ready();
    }

    /** An initiator that has heard its first unit attentions. */
    public Initiator initiator() {
        return initiator("host");
    }

    public Initiator initiator(String name) {
        return newInitiator(name).ready();
    }
}
