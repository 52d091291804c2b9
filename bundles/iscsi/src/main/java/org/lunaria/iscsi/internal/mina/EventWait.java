package org.lunaria.iscsi.internal.mina;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * How an I/O thread waits: for ready sockets, or for others who have brought it something and {@link #ring}. It looks for
 * a while without sleeping, if it is to, because sleeping and being woken takes longer than most answers of an initiator
 * or a store; who rings wakes the selector only while the thread sleeps.
 *
 * <p>Nothing that is brought is missed. Who brings does so before ringing, and the thread looks after each {@link #await},
 * which takes the note {@code rung} away before it returns. Ringing sets {@code rung}, then looks at {@code asleep};
 * falling asleep sets {@code asleep}, then looks at {@code rung}: one of them sees the other. A selector that is woken
 * before it sleeps does not sleep, and a look at it in between takes that away; which does no harm, because {@code rung} is
 * set before.
 */
final class EventWait {
    /** How often it looks for a ring between two looks at the sockets, which are system calls: about a microsecond. */
    private static final int LOOKS_FOR_A_RING = 40;

    private final Selector selector;
    private volatile boolean rung;
    private volatile boolean asleep;

    /** Whether the last wait found something: then more may come soon. */
    private boolean lively;

    EventWait(Selector selector) {
        this.selector = selector;
    }

    /** Has the next {@link #await}, or the one under way, return. Called by any thread, after what it is to look for. */
    void ring() {
        if (!rung) {
            rung = true;
            if (asleep) {
                selector.wakeup();
            }
        }
    }

    /**
     * Gives the keys that are ready to a consumer; when there are none waits for one, for {@link #ring}, or for the time to
     * be over.
     *
     * @param timeoutMillis above 0
     * @param lookNanos how long it looks before it sleeps, when the last wait has found something; 0 to sleep at once
     * @return whether it slept
     */
    boolean await(Consumer<SelectionKey> ready, long timeoutMillis, long lookNanos) throws IOException {
        int count = rung || lively && lookNanos > 0 ? lookUntilSomethingComes(ready, lookNanos) : 0;
        boolean found = count > 0 || rung;
        if (!found) {
            count = sleep(ready, timeoutMillis);
        }
        lively = count > 0 || rung;
        rung = false;
        return !found;
    }

    private int lookUntilSomethingComes(Consumer<SelectionKey> ready, long lookNanos) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            int count = selector.selectNow(ready);
            if (count > 0 || rung || System.nanoTime() - begin >= lookNanos) {
                return count;
            }
            for (int looks = 0; looks < LOOKS_FOR_A_RING && !rung; looks++) {
                Thread.onSpinWait();
            }
        }
    }

    private int sleep(Consumer<SelectionKey> ready, long timeoutMillis) throws IOException {
        asleep = true;
        int count = rung ? selector.selectNow(ready) : selector.select(ready, timeoutMillis);
        asleep = false;
        return count;
    }
}
