package org.lunaria.admin.internal;

import java.util.function.Supplier;

/**
 * Who changes the configuration on a thread, and by what. Thread-safe.
 *
 * @param what one line, without secrets
 */
record Author(String who, String what) {
    /** A start that finishes what the process before it did not. */
    static final Author FINISHED = new Author("appliance", "a change that was cut off is finished");

    private static final Author APPLIANCE = new Author("appliance", "a change of its own");
    private static final ThreadLocal<Author> CURRENT = ThreadLocal.withInitial(() -> APPLIANCE);

    static Author current() {
        return CURRENT.get();
    }

    <T> T during(Supplier<T> work) {
        Author before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }
}
