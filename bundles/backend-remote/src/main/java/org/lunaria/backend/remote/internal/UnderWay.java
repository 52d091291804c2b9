package org.lunaria.backend.remote.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The operations of a volume that were sent and are not answered, over all its connections, and who must wait for them. Adding and
 * removing is a step each and allocates nothing. Confined to the thread of its volume.
 */
final class UnderWay {

    /** Their order means nothing; each knows its place. */
    private final ArrayList<Operation<?>> operations = new ArrayList<>();

    private long sequence;

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /** An operation is sent; one that was sent before keeps its number. */
    void add(Operation<?> operation) {
        if (operation.sequence == 0) {
            operation.sequence = ++sequence;
        }
        operation.index = operations.size();
        operations.add(operation);
    }

    /** An operation that was added is answered. */
    void remove(Operation<?> operation) {
        Operation<?> last = operations.remove(operations.size() - 1);
        if (last != operation) {
            last.index = operation.index;
            operations.set(operation.index, last);
        }
    }

    /** Whether an operation overlaps one of them, and one of the two is a change. */
    boolean conflicts(Operation<?> operation) {
        boolean change = operation.kind.change;
        for (int i = 0; i < operations.size(); i++) {
            Operation<?> other = operations.get(i);
            if ((change || other.kind.change) && operation.overlaps(other)) {
                return true;
            }
        }
        return false;
    }

    /** None of them will be answered: gives them back, against the order in which they were sent first. */
    List<Operation<?>> takeAllLastFirst() {
        List<Operation<?>> all = new ArrayList<>(operations);
        all.sort(Comparator.comparingLong(operation -> -operation.sequence));
        operations.clear();
        return all;
    }
}
