package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which initiators may use a target. An entry is {@code any}, or a name, in which {@code *} stands for any characters and
 * {@code ?} for one, or {@code @} and a network, or both: then both have to fit. An entry behind {@code !} denies, and
 * wins over all that admit. An empty list admits nobody. Immutable.
 */
public final class AccessList {
    /** Longest list that a configuration may hold. */
    public static final int MAX_ENTRIES = 1024;

    public static final AccessList NOBODY = new AccessList(List.of(), List.of());

    private static final String ANY = "any";
    private static final String DENY = "!";

    /** Whom an entry is about: by name, by network, or both. */
    private record Entry(NamePattern name, Optional<Network> network) {
        boolean fits(String initiatorName, InetAddress address) {
            return name.fits(initiatorName)
                    && network.map(from -> from.holds(address)).orElse(true);
        }
    }

    private final List<Entry> admitted;
    private final List<Entry> denied;

    private AccessList(List<Entry> admitted, List<Entry> denied) {
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
        List<Entry> admitted = new ArrayList<>();
        List<Entry> denied = new ArrayList<>();
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

    private static Entry entry(String text) {
        int at = text.lastIndexOf('@');
        Optional<Network> network = at < 0 ? Optional.empty() : Network.of(text.substring(at + 1));
        String name = network.isPresent() ? text.substring(0, at) : text;
        boolean every = name.equals(ANY) || name.isEmpty() && network.isPresent();
        return new Entry(every ? NamePattern.EVERY : pattern(text, name), network);
    }

    private static NamePattern pattern(String text, String name) {
        return IscsiName.normalize(name)
                .map(NamePattern::of)
                .orElseThrow(
                        () -> new IllegalArgumentException("give any, an initiator's name (iqn., eui. or naa.; * and ?"
                                + " stand for other characters), @ and a network, NAME@NETWORK, or ! and one of them to deny it; '"
                                + text + "' is none of them"));
    }
}
