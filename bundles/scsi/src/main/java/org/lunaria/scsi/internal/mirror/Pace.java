package org.lunaria.scsi.internal.mirror;

import java.util.concurrent.TimeUnit;

/** How fast a copy may be, and how fast it is. Thread-safe, for one that copies. */
public final class Pace {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long mostBytesPerSecond;
    private long windowBegan = System.nanoTime();
    private long windowBytes;
    private volatile long lastRate;

    /** @param mostBytesPerSecond 0 for as fast as it goes */
    public Pace(long mostBytesPerSecond) {
        this.mostBytesPerSecond = mostBytesPerSecond;
    }

    /** So much is done; waits when that was too fast. */
    void done(int bytes) throws InterruptedException {
        windowBytes += bytes;
        if (mostBytesPerSecond > 0) {
            long due = windowBegan + (long) ((double) windowBytes / mostBytesPerSecond * SECOND_NANOS);
            long early = due - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
        }
        long now = System.nanoTime();
        if (now - windowBegan >= SECOND_NANOS) {
            lastRate = (long) ((double) windowBytes * SECOND_NANOS / (now - windowBegan));
            windowBegan = now;
            windowBytes = 0;
        }
    }

    /** Over the last whole second. */
    long bytesPerSecond() {
        return lastRate;
    }
}
