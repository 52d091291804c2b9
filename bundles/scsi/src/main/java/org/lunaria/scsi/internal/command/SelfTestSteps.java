package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.Completions;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Progress;
import org.lunaria.scsi.internal.page.SelfTestResult;
import org.lunaria.scsi.internal.page.SelfTestResult.Outcome;
import org.lunaria.scsi.internal.selftest.SelfTest;
import org.lunaria.scsi.internal.selftest.SelfTests;
import org.lunaria.scsi.internal.slot.Medium;

/**
 * What a self-test does, step by step: what the unit saves is read, what was written is made durable, and places of the
 * medium that are spread over all of it are read. The first failure ends it. Driven by one thread at a time; asked how far
 * it is, and told to end, by any.
 */
final class SelfTestSteps implements SelfTests.Running {
    /** Steps before those that read the medium. */
    private static final int FIRST_STEPS = 2;

    private final Device device;
    private final Medium medium;
    private final Geometry geometry;
    private final ByteBuffer scratch;
    private final int pieceBlocks;
    private final int samples;

    private volatile int begun;
    private volatile Outcome outcome = Outcome.PASSED;

    /** The step that is under way: what the medium gave for it, and what the driver waits for. */
    private volatile CompletionStage<?> asked = Completions.DONE;

    private volatile CompletableFuture<Void> answered = Completions.DONE;
    private long failedLba = SelfTestResult.NO_LBA;
    private Optional<SenseCode> cause = Optional.empty();

    /** @param scratch a scratch buffer, given back by {@link #end} */
    SelfTestSteps(Device device, SelfTest test, ByteBuffer scratch) {
        this.device = device;
        this.medium = device.medium();
        this.geometry = device.geometry();
        this.scratch = scratch;
        int pieceBytes = Math.min(scratch.capacity(), geometry.maxTransferBytes());
        pieceBlocks = (int) Math.min(pieceBytes / geometry.blockBytes(), geometry.blockCount());
        long pieces = (geometry.blockCount() + pieceBlocks - 1) / pieceBlocks;
        samples = (int) Math.min(test.samples(), pieces);
    }

    boolean isOver() {
        return outcome != Outcome.PASSED || begun == FIRST_STEPS + samples;
    }

    /**
     * Begins the next step.
     *
     * @return completes normally when it is over, on any thread
     */
    CompletionStage<Void> next() {
        int step = begun++;
        CompletableFuture<Void> over = new CompletableFuture<>();
        answered = over;
        CompletionStage<?> stage = switch (step) {
            case 0 -> device.checkSaved();
            case 1 -> geometry.writable() ? medium.flush() : Completions.DONE;
            default -> read(step - FIRST_STEPS);
        };
        asked = stage;
        stage.whenComplete((value, thrown) -> {
            if (thrown != null || Boolean.FALSE.equals(value)) {
                fail(step, thrown);
            }
            over.complete(null);
        });
        return over;
    }

    /** Ends the test, and gives the buffer back. */
    CompletionStage<Boolean> end() {
        ScratchBuffers.SHARED.give(scratch);
        return device.selfTests().end(outcome, failedLba, cause);
    }

    boolean failed() {
        return outcome.isFailure();
    }

    @Override
    public Progress progress() {
        return Progress.of(begun, FIRST_STEPS + samples + 1L);
    }

    /** What waits for a store is not waited for. */
    @Override
    public void abort(Outcome how) {
        if (outcome == Outcome.PASSED) {
            outcome = how;
        }
        CompletableFuture<Void> waiting = answered;
        if (medium.withdraw(asked)) {
            waiting.complete(null);
        }
    }

    private CompletionStage<Void> read(int sample) {
        long last = geometry.blockCount() - pieceBlocks;
        long lba = samples == 1 ? 0 : last * sample / (samples - 1);
        return medium.read(lba * geometry.blockBytes(), scratch.clear().limit(pieceBlocks * geometry.blockBytes()));
    }

    private void fail(int step, Throwable thrown) {
        if (outcome != Outcome.PASSED) {
            return;
        }
        if (thrown == null) {
            cause = Optional.of(SenseCode.INTERNAL_TARGET_FAILURE);
        } else {
            Failure failure = Completions.failure(thrown);
            cause = FaultSense.of(failure, medium.available(), geometry.blockBytes())
                    .map(sense -> sense.code());
            failedLba = step < FIRST_STEPS || failure.offset() < 0
                    ? SelfTestResult.NO_LBA
                    : failure.offset() / geometry.blockBytes();
        }
        outcome = switch (step) {
            case 0 -> Outcome.SAVED_VALUES_FAILED;
            case 1 -> Outcome.FLUSH_FAILED;
            default -> Outcome.READ_FAILED;
        };
    }
}
