package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Initiators that each see logical units of their own under numbers of their own, as LIO and SCST have it. Here a target
 * numbers its units once, and masks say who sees which; so what has one number for some and another for others cannot be
 * carried over. Confined to one thread.
 */
final class LunGroups {
    private final Draft draft;
    private final DraftTarget target;
    private final SortedMap<Integer, Lun> all = new TreeMap<>();
    private final List<Group> groups = new ArrayList<>();

    /** A volume as a group sees it. */
    record Lun(String volume, boolean readOnly) {}

    private record Group(List<String> initiators, SortedMap<Integer, Lun> luns) {}

    LunGroups(Draft draft, DraftTarget target) {
        this.draft = draft;
        this.target = target;
    }

    /**
     * Initiators and what they see. The first group that an initiator belongs to counts.
     *
     * @param what the group is called, for a remark
     */
    void add(int line, String what, List<String> initiators, SortedMap<Integer, Lun> luns) {
        for (var entry : luns.entrySet()) {
            Lun there = all.get(entry.getKey());
            if (there != null && !there.volume().equals(entry.getValue().volume())) {
                draft.remark(
                        line,
                        what + ": its lun " + entry.getKey() + " is "
                                + entry.getValue().volume() + ", and " + there.volume()
                                + " for others; a target numbers its volumes once, so it is left out");
                return;
            }
        }
        luns.forEach((number, lun) ->
                all.merge(number, lun, (one, other) -> new Lun(one.volume(), one.readOnly() && other.readOnly())));
        groups.add(new Group(initiators, luns));
    }

    /** Writes down LUNs, who gets in, and masks where somebody does not see all. */
    void end() {
        all.forEach((number, lun) -> target.lun(0, number, lun.volume(), lun.readOnly()));
        groups.forEach(group -> group.initiators()
                .forEach(initiator -> target.keys().withArray("access").add(initiator)));
        // Who sees all needs a mask too then, lest one for everybody be the first that fits.
        if (groups.stream().anyMatch(group -> !group.luns().equals(all))) {
            groups.forEach(group -> group.initiators().forEach(initiator -> mask(initiator, group.luns())));
        }
    }

    private void mask(String initiator, SortedMap<Integer, Lun> luns) {
        ArrayNode seen = target.keys()
                .withArray("masks")
                .addObject()
                .put("initiator", initiator)
                .putArray("luns");
        luns.forEach((number, lun) -> {
            if (lun.readOnly()) {
                seen.add(number + ":ro");
            } else {
                seen.add(number);
            }
        });
    }
}
