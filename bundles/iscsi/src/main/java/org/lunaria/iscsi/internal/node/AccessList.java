package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which initiators may use a target. An entry is an {@link InitiatorPattern}; behind {@code !} it denies, and wins over all
 * that admit. An empty list admits nobody. Immutable.
 */
public final class AccessList {
    /** Longest list that a configuration may hold. */
    public static final int MAX_ENTRIES = 1024;

    public static final AccessList NOBODY = new AccessList(List.of(), List.of());

    private static final String DENY = "!";

    private final List<InitiatorPattern> admitted;
    private final List<InitiatorPattern> denied;

    private AccessList(List<InitiatorPattern> admitted, List<InitiatorPattern> denied) {
        this.admitted = List.copyOf(admitted);
        this.denied = List.copyOf(denied);
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
        List<InitiatorPattern> admitted = new ArrayList<>();
        List<InitiatorPattern> denied = new ArrayList<>();
        for (String text : entries) {
            if (text.startsWith(DENY)) {
                denied.add(entry(text.substring(DENY.length())));
            } else {
                admitted.add(entry(text));
            }
        }
        return new AccessList(admitted, denied);
    }

    /**
     * @param initiatorName normalized, as {@link IscsiName#normalize} gives it
     * @param address that it comes from
     */
    public boolean admits(String initiatorName, InetAddress address) {
        return denied.stream().noneMatch(entry -> entry.fits(initiatorName, address))
                && admitted.stream().anyMatch(entry -> entry.fits(initiatorName, address));
    }

    private static InitiatorPattern entry(String text) {
        return InitiatorPattern.of(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("give any, an initiator's name (iqn., eui. or naa.; * and ?"
                                + " stand for other characters), @ and a network, NAME@NETWORK, or ! and one of them to deny it; '"
                                + text + "' is none of them"));
    }
}
