package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Share;
import org.lunaria.scsi.DataTransfer;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/**
 * A SCSI command under way: the transfer that the engine moves its data by, and the answer that becomes a response.
 * Confined to the session's thread.
 *
 * <p>An answer waits for data that the initiator is still going to send, so that none of it can be taken for data of a
 * later task with the same tag. What goes wrong in the transport ends the task with the transport's sense data instead of
 * the engine's answer.
 */
final class ScsiTask implements DataTransfer, Consumer<TaskResult> {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** What a command is answered whose data there is no memory for (SAM-5 5.3.1): initiators repeat it later. */
    static final TaskResult NO_MEMORY = new TaskResult(ScsiStatus.TASK_SET_FULL, TaskResult.GOOD.sense(), 0);

    private static final int NEEDED_BYTES_MAX =
            Math.max(DataOutStream.AHEAD_BYTES, Output.HIGH_WATER_BYTES) + DataOutStream.WINDOW_BYTES;

    private enum State {
        /** Not given to the engine yet. */
        WAITING,
        RUNNING,
        /** Answered; the answer waits for the rest of the initiator's data. */
        ANSWERED,
        ENDED
    }

    private final Session session;
    private SessionConnection connection;
    private final Task task;
    private final Share share;
    private final long dataInBytes;
    private final long dataOutBytes;
    private final DataInStream dataIn;
    private final DataOutStream dataOut;

    private State state = State.WAITING;
    private long number;
    private int reservedBytes;
    private long snackTag;
    private TaskResult result;
    private TaskResult failure;
    private PooledBuffer received;
    private CompletableFuture<ByteBuffer> receiving;
    private int receivingLength;
    private CompletableFuture<Void> sending;

    /** Bytes of the buffer that the engine filled while the connection was lost; they are sent on another. */
    private int unsentBytes;

    /**
     * @param share that its memory is put down to
     * @param immediate what came with the command, with a reference to its buffer, which goes over to the task
     * @param moreUnsolicited whether unsolicited Data-Out follows
     */
    ScsiTask(
            SessionConnection connection,
            ScsiCommand command,
            Share share,
            Optional<Region> immediate,
            boolean moreUnsolicited) {
        this.connection = connection;
        this.share = share;
        this.session = connection.session();
        this.dataInBytes = command.dataInBytes();
        this.dataOutBytes = command.dataOutBytes();
        this.dataIn = new DataInStream(connection, command, share);
        this.dataOut = new DataOutStream(connection, command, share, immediate, moreUnsolicited);
        this.task = new Task(
                session.nexus(),
                command.lun(),
                command.initiatorTaskTag(),
                command.attribute(),
                command.cdb(),
                this,
                session.thread(),
                this);
    }

    /** The connection that its command came on, and its data and answer go over. */
    SessionConnection connection() {
        return connection;
    }

    long tag() {
        return task.tag();
    }

    long lun() {
        return task.lun();
    }

    Task task() {
        return task;
    }

    Share share() {
        return share;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    /** Whether the initiator is going to send data for it. */
    boolean expectsData() {
        return state != State.ENDED && dataOut.expectsData();
    }

    /**
     * Memory that the task may need at a time beside what it has: none when the data that came with it is all; else what
     * may be in the output, or ahead of the backend, and the piece that passes it.
     */
    int neededBytes() {
        long bytes = dataOut.isComplete() ? dataInBytes : Math.max(dataInBytes, dataOutBytes);
        return bytes == 0 ? 0 : BufferPool.costBytes((int) Math.min(bytes, NEEDED_BYTES_MAX));
    }

    /** Its number in the queue for memory, while it waits. */
    long number() {
        return number;
    }

    void waitsWith(long drawn) {
        number = drawn;
    }

    /** Starts it with memory that was reserved. */
    void start(int bytes) {
        reservedBytes = bytes;
        if (bytes > 0) {
            dataOut.reserved();
        }
        state = State.RUNNING;
    }

    // The engine's side.

    @Override
    public long dataInBytes() {
        return dataInBytes;
    }

    @Override
    public long dataOutBytes() {
        return dataOutBytes;
    }

    @Override
    public int chunkBytes() {
        return DataOutStream.WINDOW_BYTES;
    }

    @Override
    public ByteBuffer dataIn(int length) {
        return dataIn.lend(length);
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer filled) {
        if (state != State.RUNNING) {
            dataIn.discard();
            return CompletableFuture.failedFuture(new CancellationException());
        }
        if (connection.isGone()) {
            unsentBytes = filled.limit();
        } else {
            dataIn.send(filled.limit());
        }
        if (connection.sendsOn(this)) {
            return DONE;
        }
        sending = new CompletableFuture<>();
        return sending;
    }

    @Override
    public CompletionStage<ByteBuffer> receive(int length) {
        if (state == State.RUNNING && failure != null) {
            state = State.ANSWERED;
            respondWhenComplete();
        }
        if (state != State.RUNNING) {
            return CompletableFuture.failedFuture(new CancellationException());
        }
        if (dataOut.has(length)) {
            if (length == DataOutStream.WINDOW_BYTES) {
                solicit(length);
            }
            return CompletableFuture.completedFuture(take(length));
        }
        solicit(length);
        receivingLength = length;
        receiving = new CompletableFuture<>();
        return receiving;
    }

    @Override
    public void discard(ByteBuffer buffer) {
        dataIn.discard();
        if (received != null) {
            received.release();
            received = null;
        }
    }

    /** The engine's answer. */
    @Override
    public void accept(TaskResult answer) {
        if (state != State.RUNNING) {
            return;
        }
        result = answer;
        state = State.ANSWERED;
        respondWhenComplete();
    }

    private void solicit(int length) {
        dataOut.solicit(length);
        connection.solicited();
    }

    private ByteBuffer take(int length) {
        Region region = dataOut.read(length);
        received = region.buffer();
        return region.slice();
    }

    // The initiator's side.

    /** Whether a Data-Out may be placed; a wrong one fails the task. */
    boolean expects(DataOutPdu pdu) {
        if (state == State.ANSWERED || failure != null) {
            return false;
        }
        if (dataOut.isRecovering()) {
            return false;
        }
        Optional<TransportSense> fault = dataOut.fault(pdu);
        if (fault.isPresent() && connection.recoversWithin() && dataOut.isGap(pdu) && dataOut.recover()) {
            return false;
        }
        fault.map(sense -> sense.result(session, lun())).ifPresent(this::fail);
        if (state == State.WAITING && !session.buffers().pool().mayKeep(share)) {
            fail(NO_MEMORY);
        }
        return failure == null;
    }

    /** Data for it is lost: it is asked for again where that may be done, as often as {@link DataOutStream} says. */
    void damaged() {
        if (!connection.recoversWithin() || !dataOut.recover()) {
            fail(TransportSense.PROTOCOL_SERVICE_CRC_ERROR.result(session, lun()));
        }
    }

    /** Where the data of an expected Data-Out goes. */
    Region place(long offset, int length) {
        return dataOut.place(offset, length);
    }

    /** Whether data can still be placed. */
    boolean takesData() {
        return !dataOut.isClosed();
    }

    void placed(DataOutPdu pdu) {
        dataOut.placed(pdu);
        if (receiving != null && dataOut.has(receivingLength)) {
            CompletableFuture<ByteBuffer> stage = receiving;
            receiving = null;
            stage.complete(take(receivingLength));
        } else if (receiving != null) {
            solicit(receivingLength);
        } else {
            respondWhenComplete();
        }
    }

    void dropped(DataOutPdu pdu) {
        dataOut.dropped(pdu);
        if (receiving != null && !dataOut.isRecovering()) {
            solicit(receivingLength);
        }
        respondWhenComplete();
    }

    /** There is room in the output again. */
    void drained() {
        CompletableFuture<Void> stage = sending;
        sending = null;
        if (stage != null) {
            stage.complete(null);
        }
    }

    /** Its data was cut anew, and its status is to carry a tag (RFC 7143 11.16.3). */
    void resegmented(long nextDataSN, long tag) {
        dataIn.goOnWith(nextDataSN);
        snackTag = tag;
    }

    /** Its connection is lost: what was asked for does not come, and nothing is sent until it has another. */
    void suspend() {
        dataOut.forgetAsked();
    }

    /**
     * Goes on on another connection (RFC 7143 7.2.2).
     *
     * @param sent what the initiator may not have of its data
     */
    void reassign(SessionConnection to, Optional<SentTransfer> sent) {
        connection.forget(this);
        connection = to;
        dataIn.reassign(to, sent);
        dataOut.reassign(to);
        if (unsentBytes > 0) {
            dataIn.send(unsentBytes);
            unsentBytes = 0;
        }
        if (receiving != null) {
            solicit(receivingLength);
        }
        if (sending != null && to.sendsOn(this)) {
            drained();
        }
        respondWhenComplete();
    }

    boolean isSending() {
        return sending != null;
    }

    /** Ends the task with the transport's answer, whatever the engine says. */
    void fail(TaskResult answer) {
        if (failure != null || state == State.ENDED) {
            return;
        }
        failure = answer;
        if (receiving != null || state == State.WAITING) {
            state = State.ANSWERED;
        }
        cancelReceiving();
        respondWhenComplete();
    }

    private void respondWhenComplete() {
        if (state != State.ANSWERED || dataOut.expectsData() || connection.isGone()) {
            return;
        }
        TaskResult answer = failure == null ? result : failure;
        end(failure == null);
        if (answer.status() == ScsiStatus.GOOD && dataIn.holds() && snackTag == 0) {
            dataIn.finishGood(answer.residual());
        } else {
            dataIn.releaseHeld(true);
            connection.scsiResponses().respond(task.tag(), answer, dataIn.dataSN() + dataOut.r2tSN(), snackTag);
        }
        session.retryWaiting();
    }

    /** Ends it without an answer: the engine aborted it, task management is about to, or the nexus is lost. */
    @Override
    public void cancel() {
        if (state == State.ENDED) {
            return;
        }
        end(false);
        dataIn.cancel();
        if (unsentBytes > 0) {
            dataIn.discard();
            unsentBytes = 0;
        }
        cancelReceiving();
        if (sending != null) {
            CompletableFuture<Void> stage = sending;
            sending = null;
            stage.completeExceptionally(new CancellationException());
        }
    }

    private void cancelReceiving() {
        CompletableFuture<ByteBuffer> stage = receiving;
        receiving = null;
        if (stage != null) {
            stage.completeExceptionally(new CancellationException());
        }
    }

    /** @param done whether by the engine's answer */
    private void end(boolean done) {
        state = State.ENDED;
        if (!done) {
            dataOut.disown();
        }
        dataOut.close();
        session.ended(this);
        session.buffers().pool().unreserve(BufferPool.Purpose.TASK, share, reservedBytes, done);
        reservedBytes = 0;
    }
}
