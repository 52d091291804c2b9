package org.lunaria.iscsi.internal.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;

/** A SCSI target that remembers what it is told. It takes no commands; one that does extends it. */
public class SilentScsiTarget implements ScsiTarget {
    /** Each with what it sees. */
    public final Map<Nexus, Supplier<LunMap>> nexuses = new ConcurrentHashMap<>();

    public int remaps;
    public AccessState accessState = AccessState.ACTIVE_OPTIMIZED;
    public boolean closed;
    private final String name;
    private Supplier<Map<Integer, String>> ports = Map::of;

    public SilentScsiTarget(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void attach(Nexus nexus, Supplier<LunMap> luns, EventListener events) {
        nexuses.put(nexus, luns);
    }

    @Override
    public void reachedBy(Supplier<Map<Integer, String>> reachedBy) {
        ports = reachedBy;
    }

    @Override
    public void accessState(AccessState state) {
        accessState = state;
    }

    /** By which target ports it was told to be reached. */
    public Map<Integer, String> ports() {
        return ports.get();
    }

    @Override
    public void remap() {
        remaps++;
    }

    @Override
    public void detach(Nexus nexus, Runnable ended) {
        nexuses.remove(nexus);
        ended.run();
    }

    @Override
    public boolean hasDescriptorSense(Nexus nexus, long lun) {
        return false;
    }

    @Override
    public void execute(Task task) {
        throw new AssertionError("no command is expected");
    }

    @Override
    public Latency latency(Nexus nexus) {
        return Latency.NONE;
    }

    @Override
    public void manage(TaskManagement request) {
        throw new AssertionError("no task management is expected");
    }

    @Override
    public void close() {
        closed = true;
        nexuses.clear();
    }
}
