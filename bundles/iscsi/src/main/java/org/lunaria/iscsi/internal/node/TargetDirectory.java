package org.lunaria.iscsi.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The targets of this node by iSCSI name. Thread-safe.
 *
 * <p>It also knows why a target is not there, because initiators give up for good when a target is not found, and come
 * back when it is only unavailable (RFC 7143 11.13.5, class 2 and 3): while the appliance starts, and while a target
 * waits for the SCSI engine to be exchanged, the answer must not be "not found".
 */
public final class TargetDirectory {

    /** Why there is no target of a name. */
    public enum Absence {
        /** There never was one, as far as is known. */
        UNKNOWN,
        /** It was deleted. */
        REMOVED,
        /** It is expected to come (again). */
        UNAVAILABLE
    }

    /** How many absent targets are remembered. */
    private static final int MAX_ABSENT = 256;

    private final LongSupplier nanoTime;
    private final long startedNanos;
    private final long startGraceNanos;
    private final Map<String, TargetNode> nodes = new LinkedHashMap<>();
    private final Map<String, Absence> absent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Absence> eldest) {
            return size() > MAX_ABSENT;
        }
    };

    /**
     * @param nanoTime a clock as {@link System#nanoTime}
     * @param startGrace how long after this call every name that is not there counts as still to come
     */
    public TargetDirectory(LongSupplier nanoTime, Duration startGrace) {
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
        this.startGraceNanos = startGrace.toNanos();
    }

    /** Adds a target. Returns the one that has the name already, and then nothing has changed; else empty. */
    public synchronized Optional<TargetNode> add(TargetNode node) {
        TargetNode present = nodes.putIfAbsent(node.iqn(), node);
        if (present == null) {
            absent.remove(node.iqn());
        }
        return Optional.ofNullable(present);
    }

    /**
     * Takes a target out. Its sessions are the caller's to drop, afterwards.
     *
     * @param why what logins that name it are told
     */
    public synchronized void remove(TargetNode node, Absence why) {
        if (nodes.remove(node.iqn(), node)) {
            absent.put(node.iqn(), why);
        }
    }

    /** @param iqn normalized */
    public synchronized Optional<TargetNode> find(String iqn) {
        return Optional.ofNullable(nodes.get(iqn));
    }

    /** Why there is no target of this name. */
    public synchronized Absence absence(String iqn) {
        Absence known = absent.getOrDefault(iqn, Absence.UNKNOWN);
        return known == Absence.UNKNOWN && starting() ? Absence.UNAVAILABLE : known;
    }

    /** Whether the appliance started so little time ago that what is configured may not be there yet. */
    public boolean starting() {
        return nanoTime.getAsLong() - startedNanos < startGraceNanos;
    }

    /** Every target, by the name of its configuration. */
    public synchronized List<TargetNode> all() {
        List<TargetNode> all = new ArrayList<>(nodes.values());
        all.sort(Comparator.comparing(TargetNode::name));
        return all;
    }
}
