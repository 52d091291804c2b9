package org.lunaria.scsi.internal.copy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.scsi.TaskResult;

/**
 * A third-party copy, under way or over, as an initiator can ask for it (SPC-4 5.17.4): made by any of the commands that
 * name a list identifier. Thread-safe: one command works on it, and others look.
 */
public final class CopyOperation {

    /** COPY OPERATION STATUS, and COPY MANAGER STATUS of the short answer (SPC-4 tables 288, 291). */
    public enum State {
        COMPLETED(0x01, 0x01),
        FAILED(0x02, 0x02),
        /** Without an error, but a ROD token had less than was wanted of it. */
        PARTIAL(0x03, 0x02),
        /** In progress within its command. */
        IN_PROGRESS(0x11, 0x00),
        /** In progress, and its command was answered before (IMMED). */
        IN_BACKGROUND(0x12, 0x00),
        /** By COPY OPERATION ABORT or by task management. */
        TERMINATED(0x60, 0x02);

        private final int status;
        private final int shortStatus;

        State(int status, int shortStatus) {
            this.status = status;
            this.shortStatus = shortStatus;
        }

        /** For RECEIVE COPY STATUS(LID4). */
        public int status() {
            return status;
        }

        /** For RECEIVE COPY STATUS(LID1). */
        public int shortStatus() {
            return shortStatus;
        }
    }

    private final int serviceAction;
    private final AtomicInteger segments = new AtomicInteger();
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private volatile State state = State.IN_PROGRESS;
    private volatile TaskResult result = TaskResult.GOOD;
    private volatile boolean stopped;
    private volatile byte[] token = {};
    private volatile Optional<Runnable> worker = Optional.empty();

    /**
     * @param serviceAction of the command with operation code 83h that it is of
     */
    public CopyOperation(int serviceAction) {
        this.serviceAction = serviceAction;
    }

    public int serviceAction() {
        return serviceAction;
    }

    public State state() {
        return state;
    }

    public boolean isUnderWay() {
        return state == State.IN_PROGRESS || state == State.IN_BACKGROUND;
    }

    /** Its command is about to be answered before it is done: from now on who aborts the commands of the nexus stops it. */
    public void goToBackground() {
        state = State.IN_BACKGROUND;
    }

    /** The ROD token that it made; empty without one. Not to be changed. */
    public byte[] token() {
        return token;
    }

    public void token(byte[] made) {
        token = made;
    }

    /** What its command was answered, but for the residual; GOOD until then. */
    public TaskResult result() {
        return result;
    }

    /** SEGMENTS PROCESSED. */
    public int segments() {
        return segments.get();
    }

    /** OPERATION COUNTER: pieces of work that were done, modulo 65536. */
    public int operations() {
        return operations.get() & 0xFFFF;
    }

    /** TRANSFER COUNT: bytes that the destinations have. */
    public long bytes() {
        return bytes.get();
    }

    public void wrote(long more) {
        bytes.addAndGet(more);
        operations.incrementAndGet();
    }

    public void segmentDone() {
        segments.incrementAndGet();
        operations.incrementAndGet();
    }

    /**
     * Says who is at work.
     *
     * @param stop ends the work early; called by any thread, once it is known that it shall
     */
    public void worker(Runnable stop) {
        worker = Optional.of(stop);
        if (stopped) {
            stop.run();
        }
    }

    /** Whether it shall end early, by COPY OPERATION ABORT. */
    public boolean isStopped() {
        return stopped;
    }

    /** Ends it early. */
    public void stop() {
        stopped = true;
        worker.ifPresent(Runnable::run);
    }

    /** It is over, just before its command is answered. Only the first call counts. */
    public void end(State how, TaskResult answer) {
        if (isUnderWay()) {
            result = answer;
            state = how;
            worker = Optional.empty();
            ended.complete(null);
        }
    }

    /** Completes when nothing is written any more, on any thread. */
    public CompletionStage<Void> ended() {
        return ended;
    }
}
