package org.lunaria.iscsi.internal.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;

/** A SCSI target that remembers what it is told. It takes no commands; one that does extends it. */
public class SilentScsiTarget implements ScsiTarget {
    public final List<LunMap> maps = new ArrayList<>();
    public final Set<Nexus> nexuses = ConcurrentHashMap.newKeySet();
    public boolean closed;
    private final String name;

    public SilentScsiTarget(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void map(LunMap luns) {
        maps.add(luns);
    }

    @Override
    public void attach(Nexus nexus) {
        nexuses.add(nexus);
    }

    @Override
    public void detach(Nexus nexus) {
        nexuses.remove(nexus);
    }

    @Override
    public void execute(Task task) {
        throw new AssertionError("no command is expected");
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
