package org.lunaria.iscsi.internal.session;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The tasks of a session by initiator task tag: a hash table with open addressing, which allocates nothing for a
 * command. Confined to the session's thread. Bound: the command window and the immediate commands.
 */
final class TaskTable {
    private ScsiTask[] slots = new ScsiTask[64];
    private int size;

    int size() {
        return size;
    }

    /** The task of a tag, or null. */
    ScsiTask find(long tag) {
        int index = home(tag);
        while (slots[index] != null && slots[index].tag() != tag) {
            index = next(index);
        }
        return slots[index];
    }

    /** Adds a task whose tag is not in use. */
    void add(ScsiTask task) {
        if (++size * 2 > slots.length) {
            ScsiTask[] old = slots;
            slots = new ScsiTask[old.length * 2];
            for (ScsiTask each : old) {
                if (each != null) {
                    put(each);
                }
            }
        }
        put(task);
    }

    /** Takes a task out; nothing happens when it is not there. */
    void remove(ScsiTask task) {
        int hole = home(task.tag());
        while (slots[hole] != task) {
            if (slots[hole] == null) {
                return;
            }
            hole = next(hole);
        }
        size--;
        for (int index = next(hole); slots[index] != null; index = next(index)) {
            int home = home(slots[index].tag());
            if ((index - home & slots.length - 1) >= (index - hole & slots.length - 1)) {
                slots[hole] = slots[index];
                hole = index;
            }
        }
        slots[hole] = null;
    }

    /** Visits every task; the visitor may remove tasks. */
    void forEach(Consumer<ScsiTask> visitor) {
        for (ScsiTask task : Arrays.copyOf(slots, slots.length)) {
            if (task != null) {
                visitor.accept(task);
            }
        }
    }

    private void put(ScsiTask task) {
        int index = home(task.tag());
        while (slots[index] != null) {
            index = next(index);
        }
        slots[index] = task;
    }

    private int home(long tag) {
        int hash = (int) tag * 0x9E3779B9;
        return (hash ^ hash >>> 16) & slots.length - 1;
    }

    private int next(int index) {
        return index + 1 & slots.length - 1;
    }
}
