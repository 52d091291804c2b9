package org.lunaria.admin.internal;

import java.util.function.Supplier;
import org.lunaria.admin.Version;

/**
 * Who changes the configuration on a thread, and by what. Thread-safe.
 *
 * @param what one line, without secrets
 */
record Author(String who, String what) {
    /** Nobody said who he is: files that were found to be others. */
    static final Author HAND = new Author(Version.BY_HAND, "files in etc/ are others");

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
