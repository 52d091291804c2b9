package org.lunaria.iscsi.internal.mina;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** A target that moves as much data as the initiator says, a pattern both ways; each piece passes a worker, as to a slow store. */
final class LoadedTarget extends SilentScsiTarget {
    private static final byte[] PATTERN = new byte[(1 << 20) + 251];

    static {
        for (int at = 0; at < PATTERN.length; at++) {
            PATTERN[at] = (byte) (at % 251);
        }
    }

    final AtomicInteger damaged = new AtomicInteger();
    private final Executor workers;

    LoadedTarget(String name, Executor workers) {
        super(name);
        this.workers = workers;
    }

    /** Bytes as they are from an offset on. */
    static byte[] pattern(int offset, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(PATTERN, offset % 251, bytes, 0, length);
        return bytes;
    }

    @Override
    public void execute(Task task) {
        if (task.data().dataOutBytes() > 0) {
            receive(task, 0);
        } else {
            send(task, 0);
        }
    }

    private void receive(Task task, int done) {
        DataTransfer data = task.data();
        int length = (int) Math.min(data.chunkBytes(), data.dataOutBytes() - done);
        if (length == 0) {
            task.answer().accept(TaskResult.GOOD);
            return;
        }
        data.receive(length).whenComplete((buffer, failure) -> {
            if (failure == null) {
                byWorker(task, () -> check(buffer, done), () -> {
                    data.discard(buffer);
                    receive(task, done + length);
                });
            }
        });
    }

    private void check(ByteBuffer buffer, int offset) {
        if (!buffer.equals(ByteBuffer.wrap(pattern(offset, buffer.remaining())))) {
            damaged.incrementAndGet();
        }
    }

    private void send(Task task, int done) {
        DataTransfer data = task.data();
        int length = (int) Math.min(data.chunkBytes(), data.dataInBytes() - done);
        if (length == 0) {
            task.answer().accept(TaskResult.GOOD);
            return;
        }
        ByteBuffer buffer = data.dataIn(length);
        byWorker(
                task,
                () -> buffer.put(0, pattern(done, length)),
                () -> data.send(buffer).whenComplete((sent, failure) -> {
                    if (failure == null) {
                        send(task, done + length);
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
