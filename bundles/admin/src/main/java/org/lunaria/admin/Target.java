package org.lunaria.admin;

import java.util.List;

/**
 * An iSCSI target.
 *
 * @param name of its configuration
 * @param iqn its iSCSI name
 * @param alias a text for people, or empty
 * @param serving whether initiators find it
 * @param detail one sentence on why not, or empty
 * @param portals names of the portals it is reached on
 * @param mappings the volumes it presents, by number
 * @param masks what initiators see that do not see all of that; the first that fits counts
 * @param allowed initiators that are let in; {@code any} for all
 * @param denied initiators that are kept out although any is let in
 * @param auth what has to be proved in a login: none, chap or mutual
 * @param accounts names of the accounts that prove it
 * @param sessions logged in now
 */
public record Target(
        String name,
        String iqn,
        String alias,
        boolean serving,
        String detail,
        List<String> portals,
        List<Mapping> mappings,
        List<Mask> masks,
        List<String> allowed,
        List<String> denied,
        String auth,
        List<String> accounts,
        int sessions) {

    /** The numbers that a mask shows, and under which no volume is presented. */
    public List<Integer> unmapped(Mask mask) {
        return mask.luns().stream()
                .map(Mask.Shown::lun)
                .filter(lun -> mappings.stream().noneMatch(mapping -> mapping.lun() == lun))
                .toList();
    }
}
