package org.lunaria.iscsi.internal.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts the logins of each address, second by second. Thread-safe. Bound: the addresses of the logins of one second. */
final class LoginRate {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int perSecondMax;
    private final Map<InetAddress, Integer> begun = new HashMap<>();
    private long secondBegan;

    LoginRate(int perSecondMax, long nanoTime) {
        this.perSecondMax = perSecondMax;
        this.secondBegan = nanoTime;
    }

    /** Counts a login that begins. False when it is one too many. */
    synchronized boolean begins(InetAddress from, long nanoTime) {
        if (nanoTime - secondBegan >= SECOND_NANOS) {
            begun.clear();
            secondBegan = nanoTime;
        }
        return begun.merge(from, 1, Integer::sum) <= perSecondMax;
    }
}
