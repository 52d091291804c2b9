package org.lunaria.scsi.internal.nolies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was asked, how often, and which lies were told. Confined to the test's thread. */
final class Findings {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> lies = new ArrayList<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void lie(Object about, String what) {
        lies.add(about + ": " + what);
    }

    /** Notes a lie unless something holds. */
    void require(boolean holds, Object about, String what) {
        if (!holds) {
            lie(about, what);
        }
    }

    /** Does a check of its own; what it asserts in vain is a lie. */
    void check(Object about, Runnable check) {
        try {
            check.run();
        } catch (AssertionError | RuntimeException e) {
            lie(about, String.valueOf(e));
        }
    }

    List<String> lies() {
        return lies;
    }

    /** "12 bits, 3 commands". */
    String summary() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    void add(Findings others) {
        others.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
        lies.addAll(others.lies);
    }
}
