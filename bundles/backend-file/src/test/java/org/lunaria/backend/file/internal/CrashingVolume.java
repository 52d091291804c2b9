package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.lunaria.backend.file.internal.CrashingCalls.Stop;

/**
 * A file volume on a machine of memory that is stopped at a call, restarted, and stopped again while it opens. Its journal is so
 * short that it is full after a few writes. Confined to its test.
 */
final class CrashingVolume {
    static final int BLOCK = 512;

    private static final int LOG_BYTES = 6 * 4096 + 3 * 8192;
    private static final int ANSWER_SECONDS = 60;

    /** In how many calls an opening is stopped at most. */
    private static final int OPENING_CALLS = 8;

    private static final Path PATH = Path.of("/disk.img");

    private final Random chance;
    private final CrashingCalls calls;
    private FileBackend store;

    /**
     * One that is open, and has never been written to.
     *
     * @param chance what a loss of power leaves, and whether and where an opening is stopped
     */
    CrashingVolume(Random chance, int bytes) throws Exception {
        this.chance = chance;
        calls = new CrashingCalls(chance);
        calls.make(PATH.toString(), bytes);
        open();
    }

    /** The machine, to be stopped. */
    CrashingCalls calls() {
        return calls;
    }

    /** What was opened last. */
    FileBackend store() {
        return store;
    }

    /** The length of its file. */
    int bytes() {
        return calls.contents(PATH.toString()).length;
    }

    void open() throws Exception {
        int fd = calls.open(PATH.toString(), 2, 0);
        VolumeFile file = Config.file(PATH, fd, bytes());
        assertTrue(Recovery.finish(calls, file, false));
        store = new FileBackend(calls, file, LOG_BYTES, System::nanoTime);
    }

    /** Ends its threads; on a machine that has stopped it changes nothing. */
    void close() {
        try {
            store.close();
        } catch (IOException e) {
            assertTrue(calls.isStopped(), e.getMessage());
        }
    }

    /** The machine starts anew; maybe it is stopped once more while the volume opens. It is left closed. */
    void restart(Stop how) throws Exception {
        calls.restart(how);
        if (chance.nextBoolean()) {
            calls.stopAt(1 + chance.nextInt(OPENING_CALLS));
            try {
                open();
                close();
            } catch (Recovery.Refusal e) {
                assertTrue(calls.isStopped(), e.getMessage());
            }
            calls.restart(how);
        }
    }

    /** Waits for an answer; false if it is a failure. */
    static boolean isDone(CompletionStage<Void> stage) throws Exception {
        try {
            stage.toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }
}
