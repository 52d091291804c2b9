package org.lunaria.scsi.internal.selftest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.Progress;
import org.lunaria.scsi.internal.page.SelfTestResult;
import org.lunaria.scsi.internal.page.SelfTestResult.Outcome;

/**
 * The self-tests of a unit: one at a time is under way, and the results of the last twenty are kept over restarts (SPC-4
 * 5.15, 7.3.16). Thread-safe.
 */
public final class SelfTests {
    /** Parameters of the Self-Test Results log page. */
    public static final int KEPT = 20;

    /** A test that is under way, as others see it. Thread-safe. */
    public interface Running {
        Progress progress();

        /** Ends it soon, with this outcome. */
        void abort(Outcome how);
    }

    private record Current(SelfTest test, Running running) {}

    private final LongSupplier nanos;
    private final long begunNanos;
    private final int hoursBefore;
    private final Function<String, CompletionStage<Boolean>> save;

    /** The last first; those that are over. */
    private List<SelfTestResult> results;

    private Optional<Current> current = Optional.empty();

    /** Whether the current one is in the foreground; every command asks, without the lock. */
    private volatile boolean foreground;

    private boolean closed;

    /**
     * @param saved the results of before, or nothing
     * @param save makes a text durable; completes on any thread, with whether it is
     */
    public SelfTests(String saved, Function<String, CompletionStage<Boolean>> save, LongSupplier nanos) {
        this.save = save;
        this.nanos = nanos;
        begunNanos = nanos.getAsLong();
        results = SavedResults.decode(saved);
        hoursBefore = results.isEmpty() ? 0 : results.get(0).hours();
    }

    /** Begins a test, unless one is under way. */
    public synchronized boolean begin(SelfTest test, Running running) {
        if (current.isPresent()) {
            return false;
        }
        current = Optional.of(new Current(test, running));
        foreground = test.isForeground();
        return true;
    }

    /**
     * The test that is under way is over.
     *
     * @return completes on any thread when its result is durable, with whether it is
     */
    public synchronized CompletionStage<Boolean> end(Outcome outcome, long failedLba, Optional<SenseCode> cause) {
        SelfTest test = current.orElseThrow().test();
        current = Optional.empty();
        foreground = false;
        if (!test.isLogged() || closed) {
            return CompletableFuture.completedFuture(true);
        }
        List<SelfTestResult> changed = new ArrayList<>();
        changed.add(new SelfTestResult(test.code(), outcome, hours(), failedLba, cause));
        changed.addAll(results.subList(0, Math.min(results.size(), KEPT - 1)));
        results = List.copyOf(changed);
        return save.apply(SavedResults.encode(results));
    }

    /** Ends the test that is under way, if there is one. */
    public void abort() {
        running().ifPresent(running -> running.abort(Outcome.ABORTED_OTHERWISE));
    }

    /** The unit goes: the test ends, and from now on nothing is saved. */
    public void close() {
        synchronized (this) {
            closed = true;
        }
        abort();
    }

    /** SEND DIAGNOSTIC ends the test in the background; says whether there was one. */
    public boolean abortBackground() {
        Optional<Current> found = current();
        if (found.isEmpty() || found.get().test().isForeground()) {
            return false;
        }
        found.get().running().abort(Outcome.ABORTED_BY_SEND_DIAGNOSTIC);
        return true;
    }

    /** How far the test is that is under way. */
    public Optional<Progress> progress() {
        return running().map(Running::progress);
    }

    /** Whether a test is under way while which all that needs the unit is refused. */
    public boolean isForeground() {
        return foreground;
    }

    /** Those of the log page, the last one first, which may be under way. */
    public synchronized List<SelfTestResult> results() {
        if (current.filter(found -> found.test().isLogged()).isEmpty()) {
            return results;
        }
        List<SelfTestResult> all = new ArrayList<>();
        all.add(new SelfTestResult(
                current.get().test().code(), Outcome.IN_PROGRESS, 0, SelfTestResult.NO_LBA, Optional.empty()));
        all.addAll(results.subList(0, Math.min(results.size(), KEPT - 1)));
        return all;
    }

    private synchronized Optional<Current> current() {
        return current;
    }

    private Optional<Running> running() {
        return current().map(Current::running);
    }

    /** Those that the unit knows of: up to the last test before it started, and since then. */
    private int hours() {
        return (int)
                Math.min(Integer.MAX_VALUE, hoursBefore + TimeUnit.NANOSECONDS.toHours(nanos.getAsLong() - begunNanos));
    }
}
