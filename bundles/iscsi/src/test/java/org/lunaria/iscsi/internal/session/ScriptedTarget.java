package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;

/** An engine that does with a task what a test says, and remembers what it was asked. */
final class ScriptedTarget implements ScsiTarget {
    private static final int RECEIVED_MAX = 8 << 20;

    final List<Task> tasks = new ArrayList<>();
    final List<TaskManagement> managements = new ArrayList<>();
    final List<Nexus> attached = new ArrayList<>();
    final List<Nexus> detached = new ArrayList<>();
    Consumer<Task> script = task -> task.answer().accept(TaskResult.GOOD);
    Consumer<TaskManagement> management = request -> request.answer().accept(TaskManagement.Response.FUNCTION_COMPLETE);
    EventListener listener = EventListener.NONE;
    /** What becomes of who waits for the end of a nexus. */
    Consumer<Runnable> detachment = Runnable::run;

    byte[] received = {};
    boolean descriptorSense;
    boolean cancelled;

    /** Reads the whole Data-Out stream in pieces, keeps it, and answers GOOD. */
    Consumer<Task> receives(int piece) {
        return task -> {
            received = new byte[(int) Math.min(task.data().dataOutBytes(), RECEIVED_MAX)];
            receiveFrom(task, 0, piece);
        };
    }

    private void receiveFrom(Task task, int done, int piece) {
        DataTransfer data = task.data();
        int length = Math.min(piece, received.length - done);
        if (length == 0) {
            task.answer().accept(TaskResult.GOOD);
            return;
        }
        data.receive(length).whenComplete((buffer, failure) -> {
            if (failure != null) {
                cancelled = true;
                return;
            }
            buffer.get(received, done, length);
            data.discard(buffer);
            receiveFrom(task, done + length, piece);
        });
    }

    /** Sends a pattern in pieces, and then the answer. */
    Consumer<Task> sends(int total, int piece, TaskResult result) {
        return task -> sendFrom(task, 0, total, piece, result);
    }

    private void sendFrom(Task task, int done, int total, int piece, TaskResult result) {
        int length = Math.min(piece, total - done);
        if (length == 0) {
            task.answer().accept(result);
            return;
        }
        ByteBuffer buffer = task.data().dataIn(length);
        for (int index = 0; index < length; index++) {
            buffer.put(index, pattern(done + index));
        }
        task.data().send(buffer).whenComplete((sent, failure) -> {
            if (failure != null) {
                cancelled = true;
                return;
            }
            sendFrom(task, done + length, total, piece, result);
        });
    }

    static byte pattern(int index) {
        return (byte) (index * 31 + (index >> 8));
    }

    static byte[] pattern(int from, int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = pattern(from + index);
        }
        return bytes;
    }

    @Override
    public String name() {
        return Scene.DISK;
    }

    @Override
    public void attach(Nexus nexus, Supplier<LunMap> luns, EventListener events) {
        listener = events;
        attached.add(nexus);
    }

    @Override
    public void reachedBy(Supplier<Map<Integer, String>> ports) {}

    @Override
    public void accessState(AccessState state) {}

    @Override
    public void remap() {}

    @Override
    public void detach(Nexus nexus, Runnable ended) {
        detached.add(nexus);
        detachment.accept(ended);
    }

    @Override
    public boolean hasDescriptorSense(Nexus nexus, long lun) {
        return descriptorSense;
    }

    @Override
    public void execute(Task task) {
        tasks.add(task);
        script.accept(task);
    }

    @Override
    public Latency latency(Nexus nexus) {
        return Latency.NONE;
    }

    @Override
    public void manage(TaskManagement request) {
        managements.add(request);
        management.accept(request);
    }

    @Override
    public void close() {}
}
