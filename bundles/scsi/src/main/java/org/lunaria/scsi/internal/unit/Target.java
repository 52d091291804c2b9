package org.lunaria.scsi.internal.unit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.internal.command.Lun;
import org.lunaria.scsi.internal.page.AccessStatus;
import org.lunaria.scsi.internal.page.AccessStatus.Cause;
import org.lunaria.scsi.internal.page.SenseFormat;
import org.lunaria.scsi.internal.page.TargetPortGroup;

/**
 * A target's task router (SAM-5 4.6.5): finds the unit that a task is for. Thread-safe; its lock guards changes of mapping
 * and nexuses, never the way of a task.
 */
final class Target implements ScsiTarget {
    private final String name;
    private final UnitRegistry units;
    private final ScheduledExecutorService timer;
    private final Map<Nexus, NexusPaths> nexuses = new ConcurrentHashMap<>();

    private final TargetPortGroup group;
    private volatile Supplier<Map<Integer, String>> ports = Map::of;
    private volatile AccessStatus configured = AccessStatus.FIRST;

    /** Until it is told of one, the state is that of the configuration as well. */
    private boolean hasAccessState;

    private boolean closed;

    /**
     * @param group identifier of the group of its ports
     * @param timer bounds task management
     */
    Target(String name, int group, UnitRegistry units, ScheduledExecutorService timer) {
        this.name = name;
        this.group = new TargetPortGroup(group, () -> ports.get(), () -> configured);
        this.units = units;
        this.timer = timer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void reachedBy(Supplier<Map<Integer, String>> reachedBy) {
        ports = reachedBy;
    }

    @Override
    public void accessState(AccessState state) {
        synchronized (this) {
            Map<LunAccess, AccessState> before = new HashMap<>();
            nexuses.values().forEach(paths -> paths.all().forEach(access -> before.put(access, settled(access))));
            if (configured.state() != state) {
                configured = new AccessStatus(state, hasAccessState ? Cause.IMPLICIT : Cause.NONE);
            }
            hasAccessState = true;
            before.forEach((access, was) -> {
                if (settled(access) != was) {
                    access.attentions().establish(UnitAttention.ACCESS_STATE_CHANGE);
                }
            });
        }
        units.all().forEach(unit -> unit.accessStates().dropOutdated(group));
    }

    @Override
    public synchronized void remap() {
        nexuses.values().forEach(paths -> paths.remap(units::find));
    }

    @Override
    public synchronized void attach(Nexus nexus, Supplier<LunMap> luns, EventListener events) {
        if (closed) {
            throw new IllegalStateException("target " + name + " is closed");
        }
        detach(nexus, () -> {});
        NexusPaths paths = new NexusPaths(nexus, name, group, luns, events, timer);
        paths.remap(units::find);
        paths.lunsReported();
        paths.begin();
        nexuses.put(nexus, paths);
    }

    @Override
    public void detach(Nexus nexus, Runnable ended) {
        AbortCountdown countdown = new AbortCountdown(ended);
        synchronized (this) {
            NexusPaths paths = nexuses.remove(nexus);
            if (paths != null) {
                paths.close(countdown);
            }
        }
        countdown.arrive();
    }

    @Override
    public boolean hasDescriptorSense(Nexus nexus, long lun) {
        NexusPaths paths = nexuses.get(nexus);
        return paths != null
                && find(paths, lun)
                        .filter(access -> access.unit().senseFormat() == SenseFormat.DESCRIPTOR)
                        .isPresent();
    }

    @Override
    public Latency latency(Nexus nexus) {
        NexusPaths paths = nexuses.get(nexus);
        return paths == null ? Latency.NONE : paths.latencies().latency();
    }

    @Override
    public void execute(Task task) {
        NexusPaths paths = nexuses.get(task.nexus());
        if (paths == null) {
            // The nexus was lost while the task was on its way.
            task.data().cancel();
            return;
        }
        Optional<LunAccess> access = find(paths, task.lun());
        if (access.isPresent()) {
            Pipeline.execute(task, access.get());
        } else {
            boolean wellKnown = task.lun() == Lun.REPORT_LUNS;
            Pipeline.executeWithoutUnit(task, wellKnown ? new WellKnownAccess(paths) : new AbsentAccess(paths));
        }
    }

    @Override
    public void manage(TaskManagement request) {
        NexusPaths paths = nexuses.get(request.nexus());
        if (paths == null) {
            request.executor().execute(() -> request.answer().accept(TaskManagement.Response.FUNCTION_REJECTED));
            return;
        }
        if (new WellKnownUnit(nexuses.values()).manages(request, paths)) {
            return;
        }
        new TaskManagementFunction(request, paths, timer).perform(find(paths, request.lun()));
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            nexuses.values().forEach(paths -> paths.close(new AbortCountdown(() -> {})));
            nexuses.clear();
        }
        units.forget(this);
    }

    /** The access of a nexus to a unit that it sees. */
    LunAccess access(Nexus nexus, int lun) {
        return nexuses.get(nexus).find(lun).orElseThrow();
    }

    private AccessState settled(LunAccess access) {
        return access.unit().accessStates().settled(group).state();
    }

    private static Optional<LunAccess> find(NexusPaths paths, long lun) {
        OptionalInt number = Lun.decode(lun);
        return number.isPresent() ? paths.find(number.getAsInt()) : Optional.empty();
    }
}
