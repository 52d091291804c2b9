package org.lunaria.iscsi.internal.component;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** A target whose every command reads bytes that count up from its lowest CDB byte. */
final class BlockScsiTarget implements ScsiTarget {
    final Set<Nexus> nexuses = ConcurrentHashMap.newKeySet();
    private final String name;

    BlockScsiTarget(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void map(LunMap luns) {}

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
        int bytes = (int) task.data().dataInBytes();
        ByteBuffer buffer = task.data().dataIn(bytes);
        for (int i = 0; i < bytes; i++) {
            buffer.put(i, (byte) (task.cdb()[1] + i));
        }
        task.data().send(buffer);
        task.answer().accept(TaskResult.of(ScsiStatus.GOOD, 0));
    }

    @Override
    public void manage(TaskManagement request) {
        request.answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
    }

    @Override
    public void close() {
        nexuses.clear();
    }
}
