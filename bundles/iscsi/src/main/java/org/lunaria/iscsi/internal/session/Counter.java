package org.lunaria.iscsi.internal.session;

import java.util.concurrent.atomic.AtomicLong;

/** A count with one writer, the session's thread, and readers anywhere: no more than a plain addition for the writer. */
final class Counter {
    private final AtomicLong value = new AtomicLong();

    void add(long count) {
        value.setOpaque(value.getPlain() + count);
    }

    long get() {
        return value.getOpaque();
    }
}
