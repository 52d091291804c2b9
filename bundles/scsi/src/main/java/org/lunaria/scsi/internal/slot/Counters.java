package org.lunaria.scsi.internal.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.lunaria.scsi.LatencyRecorder;
import org.lunaria.scsi.UnitTraffic;

/** What went through a slot, over all its backends. Thread-safe; a sum taken meanwhile may miss what is being added. */
final class Counters {
    private static final OperationKind[] KINDS = OperationKind.values();

    private final Counter[] counters = new Counter[KINDS.length];

    Counters() {
        for (OperationKind kind : KINDS) {
            counters[kind.ordinal()] = new Counter(kind);
        }
    }

    /** Those of one kind of operation. */
    static final class Counter {
        private final OperationKind kind;
        private final LongAdder count = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final LatencyRecorder latency = new LatencyRecorder(2);

        /** Threads may take each other's turn away, which does no harm. */
        private int turn;

        private Counter(OperationKind kind) {
            this.kind = kind;
        }

        void begun(long length) {
            count.increment();
            bytes.add(length);
        }

        /** Whether the next operation is timed though it may be done at once. */
        boolean isTimed() {
            return (turn++ & kind.timedOneIn() - 1) == 0;
        }

        /** A timed one was done at once: it stands for those that were not timed. */
        void doneAtOnce(long nanos) {
            latency.record(nanos, kind.timedOneIn());
        }

        void done(long nanos) {
            latency.record(nanos, 1);
        }

        long count() {
            return count.sum();
        }

        long bytes() {
            return bytes.sum();
        }
    }

    Counter of(OperationKind kind) {
        return counters[kind.ordinal()];
    }

    List<UnitTraffic.Operations> operations() {
        List<UnitTraffic.Operations> operations = new ArrayList<>();
        for (Counter counter : counters) {
            if (counter.count() > 0) {
                operations.add(new UnitTraffic.Operations(
                        counter.kind.name(), counter.count(), counter.bytes(), counter.latency.latency()));
            }
        }
        return operations;
    }
}
