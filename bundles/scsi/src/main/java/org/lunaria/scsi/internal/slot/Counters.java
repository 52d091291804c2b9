package org.lunaria.scsi.internal.slot;

import java.util.concurrent.atomic.LongAdder;

/** What went through a slot, over all its backends. Thread-safe; a sum taken meanwhile may miss what is being added. */
final class Counters {
    final LongAdder reads = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder readBytes = new LongAdder();
    final LongAdder writtenBytes = new LongAdder();
    final LongAdder failures = new LongAdder();

    void read(long bytes) {
        reads.increment();
        readBytes.add(bytes);
    }

    void write(long bytes) {
        writes.increment();
        writtenBytes.add(bytes);
    }
}
