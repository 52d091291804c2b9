package org.lunaria.iscsi.internal.node;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which initiators may use a target: {@code any}, an initiator's name, or {@code !} and a name, which denies and wins over
 * both. An empty list admits nobody. Immutable.
 */
public final class AccessList {
    /** Longest list that a configuration may hold. */
    public static final int MAX_ENTRIES = 1024;

    public static final AccessList NOBODY = new AccessList(false, Set.of(), Set.of());

    private static final String ANY = "any";
    private static final String DENY = "!";

    private final boolean any;
    private final Set<String> admitted;
    private final Set<String> denied;

    private AccessList(boolean any, Set<String> admitted, Set<String> denied) {
        this.any = any;
        this.admitted = admitted;
        this.denied = denied;
    }

    /**
     * Reads the entries of a configuration.
     *
     * @throws IllegalArgumentException with a hint, when an entry is none or there are too many
     */
    public static AccessList of(List<String> entries) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("give at most " + MAX_ENTRIES + " entries");
        }
        return new AccessList(
                entries.contains(ANY),
                entries.stream()
                        .filter(entry -> !entry.equals(ANY) && !entry.startsWith(DENY))
                        .map(AccessList::initiator)
                        .collect(Collectors.toUnmodifiableSet()),
                entries.stream()
                        .filter(entry -> entry.startsWith(DENY))
                        .map(entry -> initiator(entry.substring(DENY.length())))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** @param initiatorName normalized, as {@link IscsiName#normalize} gives it */
    public boolean admits(String initiatorName) {
        return !denied.contains(initiatorName) && (any || admitted.contains(initiatorName));
    }

    private static String initiator(String entry) {
        return IscsiName.normalize(entry)
                .orElseThrow(() -> new IllegalArgumentException(
                        "give any, an initiator's name (iqn., eui. or naa.), or ! and a name to deny it; '" + entry
                                + "' is none of them"));
    }
}
