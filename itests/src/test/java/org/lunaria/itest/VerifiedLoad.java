package org.lunaria.itest;

import static org.junit.Assert.assertArrayEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An initiator that writes and reads back what it wrote without a pause, and ends at the first answer that is not GOOD, or data
 * that is not its own. Confined to one thread, but for its own.
 */
final class VerifiedLoad implements AutoCloseable {
    private static final String INITIATOR = "iqn.2026-11.org.lunaria.itest:load";
    private static final int CHUNK_BLOCKS = 64;
    private static final int CHUNKS = 100;
    private static final long POLL_MILLIS = 5;

    private final int port;
    private final String target;
    private final AtomicInteger unitAttentions;
    private final AtomicInteger chunks = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> io;
    private volatile boolean done;

    VerifiedLoad(int port, String target) {
        this(port, target, 0);
    }

    /** @param unitAttentions how many may come all the same; what one took the place of is begun again */
    VerifiedLoad(int port, String target, int unitAttentions) {
        this.port = port;
        this.target = target;
        this.unitAttentions = new AtomicInteger(unitAttentions);
        this.io = thread.submit(this::writeAndCompare);
    }

    /** Returns when more was written than before, or with the error that keeps it from that. */
    void awaitProgress() throws Exception {
        int before = chunks.get();
        while (chunks.get() == before) {
            if (io.isDone()) {
                io.get();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Ends it, with the error that it has had, if any. */
    void finish() throws Exception {
        awaitProgress();
        done = true;
        io.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        done = true;
        thread.shutdownNow();
    }

    private Void writeAndCompare() throws IOException {
        byte[] data = new byte[CHUNK_BLOCKS * Initiator.BLOCK_BYTES];
        try (Initiator initiator = new Initiator(port, INITIATOR, target)) {
            for (int i = 0; !done; i = (i + 1) % CHUNKS) {
                Arrays.fill(data, (byte) chunks.get());
                try {
                    initiator.write(i * CHUNK_BLOCKS, data);
                    assertArrayEquals(data, initiator.read(i * CHUNK_BLOCKS, CHUNK_BLOCKS));
                    chunks.incrementAndGet();
                } catch (Initiator.UnitAttention e) {
                    if (unitAttentions.getAndDecrement() <= 0) {
                        throw e;
                    }
                }
            }
        }
        return null;
    }
}
