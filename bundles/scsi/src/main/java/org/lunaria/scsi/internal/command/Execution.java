package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.SenseFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command under way, as its handler sees it: its CDB, its data, the unit, and the ways to answer. Confined to the task's
 * executor.
 *
 * <p>It keeps the account of the data that gives the residual (SAM-5 5.4.3, RFC 7143 11.4.5): a handler says with
 * {@link #expectDataIn} or {@link #expectDataOut} what the CDB asks for, and moves no more than it is told.
 */
public abstract class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private final Task task;
    private final Access access;
    private final Command command;

    private long bufferBytes;
    private long wantedBytes;
    private long movedBytes;

    protected Execution(Task task, Access access, Command command) {
        this.task = task;
        this.access = access;
        this.command = command;
        this.bufferBytes = Math.max(task.data().dataInBytes(), task.data().dataOutBytes());
    }

    public final Task task() {
        return task;
    }

    public final Command command() {
        return command;
    }

    final byte[] cdb() {
        return task.cdb();
    }

    final DataTransfer data() {
        return task.data();
    }

    final Executor executor() {
        return task.executor();
    }

    final Access access() {
        return access;
    }

    /** The unit; for handlers of commands that are done by units only. */
    final Device device() {
        return access.device().orElseThrow();
    }

    /** Whether the task was aborted: there is no more to be done but {@link #abandoned}. */
    protected abstract boolean aborted();

    /** The task was aborted while it waits for its initiator only: whether it ends at once, or at its next step. */
    protected abstract boolean endsWithoutInitiator();

    /**
     * Claims blocks until the task ends, for a command whose row says that it does: nothing else is at work on them once the
     * stage is complete. At most once a task.
     */
    protected abstract CompletionStage<Void> claim(Blocks blocks);

    /** Takes back a claim that waits; says whether it did. */
    protected abstract boolean withdrawClaim();

    /** Notes the work that an abort has to end. */
    protected abstract void started(Procedure procedure);

    /** The task has ended: takes it out of its task set, and answers it unless it was aborted without an answer. */
    protected abstract void ended(TaskResult result);

    /** The task was aborted, and its work has ended: takes it out of its task set without an answer, or with TASK ABORTED. */
    protected abstract void abandoned();

    /** The transport has given the task up, and its work has ended: takes it out of its task set. */
    protected abstract void dropped();

    /**
     * Says how many bytes the CDB asks to send.
     *
     * @return how many of them the initiator's buffer holds
     */
    final long expectDataIn(long bytes) {
        bufferBytes = data().dataInBytes();
        wantedBytes = bytes;
        return Math.min(bytes, bufferBytes);
    }

    /**
     * Says how many bytes the CDB asks to receive.
     *
     * @return how many of them the initiator has
     */
    final long expectDataOut(long bytes) {
        bufferBytes = data().dataOutBytes();
        wantedBytes = bytes;
        return Math.min(bytes, bufferBytes);
    }

    /** Gives back what a receive has brought, if it has, to a command that does not want it any more. */
    final void discard(CompletionStage<ByteBuffer> receiving) {
        if (Completions.isDone(receiving)) {
            data().discard(Procedure.value(receiving));
        }
    }

    /** Takes back a claim that waits, or what was asked of a store that is not there, if so; then it is not waited for. */
    final boolean withdraws(CompletionStage<?> stage) {
        return withdrawClaim() || device().medium().withdraw(stage);
    }

    /** Bytes that went to the initiator or came from it. */
    protected final long movedBytes() {
        return movedBytes;
    }

    final void moved(long bytes) {
        movedBytes += bytes;
    }

    final void good() {
        ended(TaskResult.of(ScsiStatus.GOOD, bufferBytes - wantedBytes));
    }

    /** The answer of PRE-FETCH when all of its blocks fit the cache. */
    final void conditionMet() {
        ended(TaskResult.of(ScsiStatus.CONDITION_MET, bufferBytes - wantedBytes));
    }

    /** Answers a command that sends a block of parameter data, cut off at the allocation length. */
    final void good(byte[] parameterData, long allocationLength) {
        int wanted = (int) Math.min(parameterData.length, allocationLength);
        int fits = (int) expectDataIn(wanted);
        if (fits > data().chunkBytes()) {
            perform(new ParameterData(this, parameterData, fits));
            return;
        }
        if (fits > 0) {
            ByteBuffer buffer = data().dataIn(fits);
            buffer.put(parameterData, 0, fits).flip();
            data().send(buffer);
        }
        good();
    }

    public final void refuse(Sense sense) {
        Optional<Device> device = access.device();
        SenseFormat format = device.isPresent() ? device.get().senseFormat() : SenseFormat.FIXED;
        ended(new TaskResult(ScsiStatus.CHECK_CONDITION, format.encode(sense), residualOfFailure()));
    }

    final void refuse(SenseCode code) {
        refuse(Sense.of(code));
    }

    final void refuseField(BitField field) {
        refuse(Sense.invalidField(field));
    }

    public final void refuse(ScsiStatus status) {
        ended(new TaskResult(status, TaskResult.GOOD.sense(), residualOfFailure()));
    }

    /** Refuses a range that is not on the medium. */
    final boolean isOutOfRange(Geometry geometry, long lbaFirst, long count) {
        if (geometry.contains(lbaFirst, count)) {
            return false;
        }
        refuse(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE);
        return true;
    }

    /** Refuses a disk's command that moves more than one may. */
    final boolean isTooLong(Geometry geometry, BitField length, long blockCount) {
        if (blockCount <= Limits.transferBlocks(geometry.blockBytes())
                || device().identity().type() != DeviceType.DISK) {
            return false;
        }
        refuseField(length);
        return true;
    }

    /**
     * What a command has to write that brings the data of a range: refuses one that is not on the medium, one that is too
     * long, and data that ends within a block, and answers one that has nothing to write.
     *
     * @param length the field that says how many blocks
     * @return bytes, whole blocks; 0 when the command is answered
     */
    final long expectBlocksOut(Geometry geometry, long lbaFirst, BitField length, long blockCount) {
        if (isOutOfRange(geometry, lbaFirst, blockCount) || isTooLong(geometry, length, blockCount)) {
            return 0;
        }
        long fits = expectDataOut(blockCount * geometry.blockBytes());
        if (fits % geometry.blockBytes() != 0) {
            refuse(SenseCode.INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT);
            return 0;
        }
        if (fits == 0) {
            good();
        }
        return fits;
    }

    /** A scratch buffer, for the caller to give back; empty when none is free, and the command is answered BUSY. */
    final Optional<ByteBuffer> scratchOrBusy() {
        Optional<ByteBuffer> scratch = ScratchBuffers.SHARED.take();
        if (scratch.isEmpty()) {
            refuse(ScsiStatus.BUSY);
        }
        return scratch;
    }

    /** Answers a command that the store could not do. */
    final void fail(Failure failure) {
        Device device = device();
        FaultSense.of(failure, device.medium().available(), device.geometry().blockBytes())
                .ifPresentOrElse(this::refuse, () -> refuse(ScsiStatus.BUSY));
    }

    /** Answers a command that met a bug of ours. */
    public final void fail(RuntimeException bug) {
        LOG.error("{} met a bug", command.describe(cdb()), bug);
        refuse(SenseCode.INTERNAL_TARGET_FAILURE);
    }

    final void perform(Procedure procedure) {
        started(procedure);
        procedure.run();
    }

    /** Data beyond the initiator's buffer stays an overflow; else what was not moved is left over. */
    private long residualOfFailure() {
        return wantedBytes > bufferBytes ? bufferBytes - wantedBytes : bufferBytes - movedBytes;
    }
}
