package org.lunaria.iscsi.internal.mina;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mina.core.service.IoProcessor;
import org.apache.mina.core.service.SimpleIoProcessorPool;
import org.apache.mina.transport.socket.nio.NioSession;
import org.lunaria.iscsi.internal.wire.BufferPool;

/**
 * The I/O threads that the connections of all portals share. Thread-safe.
 *
 * <p>It is the Executor that MINA's pool gives to each processor, because that is the one thing that a processor can be
 * given: {@link WireProcessor} takes its memory and settings from here.
 */
final class IoThreads implements Executor, AutoCloseable {
    private final BufferPool pool;
    private final long spinNanos;
    private final boolean hasCoresToSpare;
    private final ExecutorService threads;
    /** They put themselves on it while MINA's pool makes them. */
    private final List<WireProcessor> loops = new CopyOnWriteArrayList<>();

    private final IoProcessor<NioSession> processors;

    /**
     * @param count of I/O threads, at least 1
     * @param spinNanos how long each looks for more before it sleeps
     */
    IoThreads(int count, BufferPool pool, long spinNanos) {
        this.pool = pool;
        this.spinNanos = spinNanos;
        this.hasCoresToSpare = Runtime.getRuntime().availableProcessors() >= 2 * count;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> new Thread(work, "iscsi-" + number.incrementAndGet()));
        this.processors = new SimpleIoProcessorPool<>(WireProcessor.class, this, count, null);
    }

    BufferPool pool() {
        return pool;
    }

    /** Whether each thread may keep a core busy, and leave as many to others. */
    boolean hasCoresToSpare() {
        return hasCoresToSpare;
    }

    void add(WireProcessor loop) {
        loops.add(loop);
    }

    /** How long ago the thread went round its loop that is furthest behind. */
    Duration silence() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                loops.stream().mapToLong(loop -> loop.silenceNanos(now)).max().orElse(0));
    }

    long spinNanos() {
        return spinNanos;
    }

    IoProcessor<NioSession> processors() {
        return processors;
    }

    @Override
    public void execute(Runnable loop) {
        threads.execute(loop);
    }

    /** Closes every connection and ends the threads. */
    @Override
    public void close() {
        processors.dispose();
        threads.shutdown();
    }
}
