package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mask;

/**
 * The key {@code masks} of a target: {@code INITIATOR=0+2:ro,INITIATOR=none}. The first that fits an initiator counts.
 * Immutable.
 */
record MaskList(List<Mask> masks) {
    /** Most masks of a target. */
    static final int MAX_ENTRIES = 512;

    private static final String SEPARATOR = "+";

    /** Reads what it can; an entry that the target itself refuses is left out. */
    static MaskList parse(List<String> entries) {
        return new MaskList(
                entries.stream().map(MaskList::mask).flatMap(Optional::stream).toList());
    }

    private static Optional<Mask> mask(String entry) {
        int equals = entry.indexOf('=');
        List<String> luns =
                Stream.of(entry.substring(equals + 1).trim().split("\\+")).toList();
        try {
            return equals < 1
                    ? Optional.empty()
                    : Optional.of(new Mask(entry.substring(0, equals).trim(), Mask.luns(luns)));
        } catch (ApplianceException e) {
            // Listings show the rest; the transport has told what is wrong with this one.
            return Optional.empty();
        }
    }

    /**
     * Gives an initiator a mask, in the place of the one it had. A new one goes behind those that were given before, but in
     * front of those that are for more initiators, so that it counts.
     */
    MaskList with(Mask mask) {
        List<Mask> more = new ArrayList<>(masks);
        int present = indexOf(mask.initiator());
        if (present >= 0) {
            more.set(present, mask);
            return new MaskList(more);
        }
        if (masks.size() >= MAX_ENTRIES) {
            throw new ApplianceException("a target takes at most " + MAX_ENTRIES
                    + " masks; use patterns or networks, or spread initiators over several targets.");
        }
        int place = 0;
        while (place < masks.size() && breadth(masks.get(place).initiator()) <= breadth(mask.initiator())) {
            place++;
        }
        more.add(place, mask);
        return new MaskList(more);
    }

    /** Empty when the initiator has none. */
    Optional<MaskList> without(String initiator) {
        int present = indexOf(initiator);
        if (present < 0) {
            return Optional.empty();
        }
        List<Mask> fewer = new ArrayList<>(masks);
        fewer.remove(present);
        return Optional.of(new MaskList(fewer));
    }

    private int indexOf(String initiator) {
        for (int index = 0; index < masks.size(); index++) {
            if (masks.get(index).initiator().equalsIgnoreCase(initiator)) {
                return index;
            }
        }
        return -1;
    }

    /** How many initiators a mask is for: one at one network, one, several, all. */
    private static int breadth(String initiator) {
        if (initiator.equals(AccessList.ANY)) {
            return 3;
        }
        int at = initiator.lastIndexOf('@');
        String name = initiator.substring(0, Math.max(at, 0));
        if (NameRule.isIscsiName(name)) {
            return 0;
        }
        return NameRule.isIscsiName(initiator) ? 1 : 2;
    }

    /** As it stands in the configuration. */
    @Override
    public String toString() {
        return masks.stream()
                .map(mask -> mask.initiator() + "=" + mask.text(SEPARATOR))
                .collect(Collectors.joining(","));
    }
}
