package org.lunaria.bench;

import java.util.concurrent.TimeUnit;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.unit.MeasuredTarget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A command from the task router to its answer, over memory: the SCSI engine without a transport. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScsiBenchmark {
    private static final int UNIT_ATTENTIONS_MAX = 4;

    private final ScsiTarget target = MeasuredTarget.over(new MemoryStore());
    private final Nexus nexus = new Nexus("host", "target", 1);
    private final byte[] testUnitReady = Cdb.testUnitReady();
    private final byte[] read = Cdb.read16(128, 8);
    private final byte[] write = Cdb.write16(128, 8);
    private final DataTransfer nothing = new BufferTransfer(0, 0);
    private final DataTransfer in = new BufferTransfer(4096, 0);
    private final DataTransfer out = new BufferTransfer(0, 4096);
    private TaskResult result = TaskResult.GOOD;
    private long tag;

    public ScsiBenchmark() {
        target.attach(nexus, () -> MeasuredTarget.DISK, EventListener.NONE);
        for (int unheard = 0; unheard < UNIT_ATTENTIONS_MAX; unheard++) {
            execute(testUnitReady, nothing);
        }
        require(testUnitReady());
        require(read4k());
        require(write4k());
    }

    @Benchmark
    public TaskResult testUnitReady() {
        return execute(testUnitReady, nothing);
    }

    @Benchmark
    public TaskResult read4k() {
        return execute(read, in);
    }

    @Benchmark
    public TaskResult write4k() {
        return execute(write, out);
    }

    private TaskResult execute(byte[] cdb, DataTransfer data) {
        target.execute(
                new Task(nexus, 0, tag++, TaskAttribute.SIMPLE, cdb, data, Runnable::run, answer -> result = answer));
        return result;
    }

    private static void require(TaskResult good) {
        if (good.status() != ScsiStatus.GOOD) {
            throw new IllegalStateException("answered with " + good.status());
        }
    }
}
