package org.lunaria.posix;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who uses a descriptor, so that it is closed after the last of them: its number is another file's soon, and a
 * late read or write would go there. Thread-safe; entering and leaving take no lock.
 */
public final class InFlight {

    private static final int ENDED = Integer.MIN_VALUE;

    /** The number of users; plus {@link #ENDED} once nobody may enter. */
    private final AtomicInteger users = new AtomicInteger();

    private final CountDownLatch drained = new CountDownLatch(1);

    /** Whether the caller may go on; it then calls {@link #leave} exactly once. */
    public boolean enter() {
        if (users.incrementAndGet() > 0) {
            return true;
        }
        leave();
        return false;
    }

    public void leave() {
        if (users.decrementAndGet() == ENDED) {
            drained.countDown();
        }
    }

    /**
     * Lets nobody enter any more and waits for those inside. An interrupt is kept for later.
     *
     * @return whether this call was the first
     */
    public boolean end() {
        int before = users.getAndUpdate(count -> count | ENDED);
        if (before == 0) {
            drained.countDown();
        }
        boolean interrupted = false;
        while (true) {
            try {
                drained.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return before >= 0;
    }
}
