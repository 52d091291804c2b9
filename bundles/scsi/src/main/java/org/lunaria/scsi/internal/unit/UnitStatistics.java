package org.lunaria.scsi.internal.unit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.lunaria.scsi.internal.command.CountedAs;
import org.lunaria.scsi.internal.page.CommandStatistics;

/**
 * Counts the read and write commands of a unit, their blocks and their time, and the time without commands. Thread-safe: a sum
 * taken meanwhile may miss what is being added.
 */
final class UnitStatistics {
    private final LongAdder reads = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder receivedBlocks = new LongAdder();
    private final LongAdder transmittedBlocks = new LongAdder();
    private final LongAdder readNanos = new LongAdder();
    private final LongAdder writeNanos = new LongAdder();
    private final LongAdder idleNanos = new LongAdder();

    /** When the last command left; while there is none, the unit has been idle since. */
    private final AtomicLong leftNanos;

    /** What was there when it was reset. */
    private volatile CommandStatistics base = CommandStatistics.ZERO;

    UnitStatistics(long nowNanos) {
        leftNanos = new AtomicLong(nowNanos);
    }

    /** A command has come, and there was none. */
    void wakes(long nowNanos) {
        idleNanos.add(Math.max(0, nowNanos - leftNanos.get()));
    }

    /** A command is about to go, maybe the last one: whoever then counts it out makes this seen. */
    void leaves(long nowNanos) {
        leftNanos.lazySet(nowNanos);
    }

    /** A command has ended. */
    void count(CountedAs kind, long blocks, long nanos) {
        switch (kind) {
            case READ -> {
                transmittedBlocks.add(blocks);
                reads.increment();
                readNanos.add(nanos);
            }
            case READ_WITHOUT_BLOCKS -> {
                reads.increment();
                readNanos.add(nanos);
            }
            case WRITE -> {
                receivedBlocks.add(blocks);
                writes.increment();
                writeNanos.add(nanos);
            }
            case WRITE_WITHOUT_BLOCKS -> {
                writes.increment();
                writeNanos.add(nanos);
            }
            case NEITHER -> {
                // It counts for the idle time only.
            }
        }
    }

    /** Since the unit is there, or was reset. To be asked by a command, which is why the unit is not idle now. */
    CommandStatistics now() {
        return sum().since(base);
    }

    void reset() {
        base = sum();
    }

    private CommandStatistics sum() {
        return new CommandStatistics(
                reads.sum(),
                writes.sum(),
                receivedBlocks.sum(),
                transmittedBlocks.sum(),
                readNanos.sum(),
                writeNanos.sum(),
                idleNanos.sum());
    }
}
