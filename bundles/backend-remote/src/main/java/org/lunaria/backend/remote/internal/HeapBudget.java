package org.lunaria.backend.remote.internal;

import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.settings.Settings;

/**
 * What the logs of all remote volumes together may take of the heap. A volume reserves the whole of its log before it is
 * there, so that a write never finds the heap full. Thread-safe.
 */
final class HeapBudget {

    static final HeapBudget QUARTER = new HeapBudget(Runtime.getRuntime().maxMemory() / 4);

    private final long mostBytes;
    private final AtomicLong reserved = new AtomicLong();

    HeapBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @throws org.lunaria.settings.InvalidSetting when that is more than is left */
    void reserve(Settings source, long bytes) {
        if (reserved.addAndGet(bytes) > mostBytes) {
            long free = mostBytes - reserved.addAndGet(-bytes);
            throw source.invalid(
                    "unflushedBytes",
                    "remote volumes may take a quarter of the heap, " + mostBytes + " bytes, of which " + free
                            + " are free; give less, or a larger heap (-Xmx)");
        }
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }
}
