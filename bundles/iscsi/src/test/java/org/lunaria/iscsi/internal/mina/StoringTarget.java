package org.lunaria.iscsi.internal.mina;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** A disk in an array that knows READ (10) and WRITE (10); each piece passes a worker, as to a slow store. */
final class StoringTarget extends SilentScsiTarget {
    private static final int BLOCK_BYTES = 512;
    private static final int READ_10 = 0x28;
    private static final int WRITE_10 = 0x2A;

    private final ByteBuffer store;
    private final Executor workers;

    StoringTarget(String name, int blocks, Executor workers) {
        super(name);
        this.store = ByteBuffer.allocate(blocks * BLOCK_BYTES);
        this.workers = workers;
    }

    @Override
    public void execute(Task task) {
        ByteBuffer cdb = ByteBuffer.wrap(task.cdb());
        long first = Integer.toUnsignedLong(cdb.getInt(2)) * BLOCK_BYTES;
        long bytes = (cdb.getShort(7) & 0xFFFFL) * BLOCK_BYTES;
        boolean write = (cdb.get(0) & 0xFF) == WRITE_10;
        boolean known = write || (cdb.get(0) & 0xFF) == READ_10;
        if (!known || first + bytes > store.capacity()) {
            task.answer().accept(TaskResult.of(ScsiStatus.BUSY, 0));
        } else if (write) {
            receive(task, (int) first, (int) Math.min(bytes, task.data().dataOutBytes()));
        } else {
            send(task, (int) first, (int) Math.min(bytes, task.data().dataInBytes()));
        }
    }

    private void receive(Task task, int at, int rest) {
        DataTransfer data = task.data();
        int length = Math.min(data.chunkBytes(), rest);
        if (length == 0) {
            task.answer().accept(TaskResult.GOOD);
            return;
        }
        data.receive(length).whenComplete((buffer, failure) -> {
            if (failure == null) {
                byWorker(task, () -> store.put(at, buffer, buffer.position(), length), () -> {
                    data.discard(buffer);
                    receive(task, at + length, rest - length);
                });
            }
        });
    }

    private void send(Task task, int at, int rest) {
        DataTransfer data = task.data();
        int length = Math.min(data.chunkBytes(), rest);
        if (length == 0) {
            task.answer().accept(TaskResult.GOOD);
            return;
        }
        ByteBuffer buffer = data.dataIn(length);
        byWorker(
                task,
                () -> buffer.put(0, store, at, length),
                () -> data.send(buffer).whenComplete((sent, failure) -> {
                    if (failure == null) {
                        send(task, at + length, rest - length);
                    }
                }));
    }

    private void byWorker(Task task, Runnable work, Runnable then) {
        workers.execute(() -> {
            work.run();
            task.executor().execute(then);
        });
    }

    @Override
    public void manage(TaskManagement request) {
        request.answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
    }
}
