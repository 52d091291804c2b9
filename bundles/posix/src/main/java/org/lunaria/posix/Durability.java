package org.lunaria.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockingWorkers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file's bytes durable, by fdatasync(2). Thread-safe.
 *
 * <p>One fdatasync at a time, and those who ask while it runs share the next one; nobody waits for it on a thread of his
 * own. That is not only quicker: the kernel tells a lost write to one fdatasync and forgets it, so a second one at the
 * same time would say all is well.
 *
 * <p>After a failure the lost pages may be gone from the cache, and no later fdatasync speaks of them. So the first
 * failure stays: every flush fails with it until the file is opened again. It is logged once.
 */
public final class Durability {

    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private final FileCalls calls;
    private final OpenFile file;
    private final BlockingWorkers workers;

    /** Those whom the next fdatasync answers. Bound: the operations under way. @GuardedBy this */
    private List<CompletableFuture<Void>> asking = new ArrayList<>();

    /** Whether somebody is answering them. @GuardedBy this */
    private boolean answering;

    /** What the first failed fdatasync said; below 0 then. Touched by the one who answers. */
    private volatile long failed;

    public Durability(FileCalls calls, OpenFile file, BlockingWorkers workers) {
        this.calls = calls;
        this.file = file;
        this.workers = workers;
    }

    /** A stage that completes when every write that was completed before this call is durable. */
    public CompletionStage<Void> flush() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        if (ask(stage)) {
            workers.submit(this::answer).whenComplete((done, refused) -> {
                if (refused != null) {
                    dismiss().forEach(each -> each.completeExceptionally(refused));
                }
            });
        }
        return stage;
    }

    /** Likewise, for a thread that may block: it does what is to be done, where nobody does. */
    public CompletionStage<Void> flushHere() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        if (ask(stage)) {
            answer();
        }
        return stage;
    }

    /** What is in the way of every flush; empty if nothing. */
    public String trouble() {
        return failed == 0 ? "" : "Writes were lost (" + cause() + "): it takes no flush until it is opened again.";
    }

    /** Whether the caller is to see to the answers. */
    private synchronized boolean ask(CompletableFuture<Void> stage) {
        asking.add(stage);
        boolean nobodyAnswers = !answering;
        answering = true;
        return nobodyAnswers;
    }

    private Void answer() {
        for (List<CompletableFuture<Void>> these = next(); !these.isEmpty(); these = next()) {
            if (failed == 0) {
                sync();
            }
            these.forEach(this::tell);
        }
        return null;
    }

    /** Those who have asked by now; with nobody there the answering is over. */
    private synchronized List<CompletableFuture<Void>> next() {
        List<CompletableFuture<Void>> these = asking;
        asking = new ArrayList<>();
        answering = !these.isEmpty();
        return these;
    }

    /** Those who have asked by now; nobody answers them. */
    private synchronized List<CompletableFuture<Void>> dismiss() {
        answering = false;
        List<CompletableFuture<Void>> these = asking;
        asking = new ArrayList<>();
        return these;
    }

    private void sync() {
        try {
            failed = calls.fdatasync(file.fd());
        } catch (RuntimeException | Error e) {
            // Those who ask are to hear of it, and nobody knows what is durable.
            LOG.error("{}: fdatasync could not be called", file, e);
            failed = -Errno.EIO.number();
        }
        if (failed < 0) {
            LOG.error("{}: writes were lost, {}; it takes no flush until it is opened again", file, cause());
        }
    }

    private void tell(CompletableFuture<Void> stage) {
        if (failed == 0) {
            stage.complete(null);
        } else {
            stage.completeExceptionally(new Failure(Fault.WRITE_ERROR, -1, file + ": writes were lost: " + cause()));
        }
    }

    private String cause() {
        return Errno.text(failed);
    }
}
