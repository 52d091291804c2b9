package org.lunaria.iscsi.internal.component;

import java.nio.ByteBuffer;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** A target whose every command reads bytes that count up from its lowest CDB byte. */
final class BlockScsiTarget extends SilentScsiTarget {

    BlockScsiTarget(String name) {
        super(name);
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
}
