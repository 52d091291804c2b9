package org.lunaria.scsi.internal.command;

import java.util.concurrent.Executor;
import org.lunaria.scsi.internal.page.SelfTestResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A self-test whose command was answered when it began (SPC-4 5.15.4.3). Each step is a short work of its own. */
final class BackgroundSelfTest {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundSelfTest.class);

    private final SelfTestSteps steps;
    private final Executor later;

    BackgroundSelfTest(SelfTestSteps steps, Executor later) {
        this.steps = steps;
        this.later = later;
    }

    void start() {
        later.execute(this::advance);
    }

    private void advance() {
        try {
            if (steps.isOver()) {
                finish();
                return;
            }
            steps.next().thenRun(this::start);
        } catch (RuntimeException bug) {
            LOG.error("a self-test in the background met a bug", bug);
            steps.abort(Outcome.ABORTED_OTHERWISE);
            finish();
        }
    }

    private void finish() {
        boolean failed = steps.failed();
        steps.end().thenAccept(durable -> {
            if (failed || !durable) {
                LOG.warn(
                        "a self-test in the background {}",
                        failed ? "failed; see its log page" : "could not be logged");
            }
        });
    }
}
