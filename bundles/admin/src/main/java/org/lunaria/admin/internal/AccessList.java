package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lunaria.admin.ApplianceException;

/**
 * The key {@code access} of a target: {@code any}, names, patterns and networks of initiators that are let in, and with a
 * {@code !} in front of those that are not, which wins. Immutable.
 */
record AccessList(Set<String> allowed, Set<String> denied) {
    static final String ANY = "any";

    /** Most entries of either set. */
    static final int MAX_ENTRIES = 512;

    private static final String DENY = "!";

    static AccessList parse(List<String> entries) {
        Set<String> allowed = new TreeSet<>();
        Set<String> denied = new TreeSet<>();
        for (String entry : entries) {
            if (entry.startsWith(DENY)) {
                denied.add(entry.substring(DENY.length()));
            } else {
                allowed.add(entry);
            }
        }
        return new AccessList(allowed, denied);
    }

    AccessList allow(String initiator) {
        String name = NameRule.initiator(initiator);
        Set<String> more = new TreeSet<>(allowed);
        more.add(name);
        Set<String> fewer = new TreeSet<>(denied);
        fewer.remove(name);
        return new AccessList(bounded(more), fewer);
    }

    AccessList deny(String initiator) {
        if (initiator.equals(ANY)) {
            return new AccessList(Set.of(), denied);
        }
        String name = NameRule.initiator(initiator);
        Set<String> fewer = new TreeSet<>(allowed);
        fewer.remove(name);
        Set<String> more = new TreeSet<>(denied);
        more.add(name);
        return new AccessList(fewer, bounded(more));
    }

    /** As it stands in the configuration. */
    @Override
    public String toString() {
        List<String> entries = new ArrayList<>(allowed);
        denied.forEach(name -> entries.add(DENY + name));
        return String.join(",", entries);
    }

    private static Set<String> bounded(Set<String> names) {
        if (names.size() > MAX_ENTRIES) {
            throw new ApplianceException("a target takes at most " + MAX_ENTRIES
                    + " initiators by name; use any, or spread them over several targets.");
        }
        return names;
    }
}
