package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mapping;
import org.lunaria.scsi.LunMap;

/**
 * The key {@code luns} of a target: {@code 0=VOLUME,1=VOLUME:ro}. Immutable.
 *
 * @param mappings by logical unit number
 */
record LunList(SortedMap<Integer, Mapping> mappings) {
    /** Marks a volume that cannot be written through the target. */
    private static final String READ_ONLY = ":ro";

    /** Reads what it can; an entry that the target itself refuses is left out. */
    static LunList parse(String target, List<String> entries) {
        SortedMap<Integer, Mapping> mappings = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String number = entry.substring(0, Math.max(equals, 0)).trim();
            if (number.matches("\\d{1,5}")) {
                String volume = entry.substring(equals + 1).trim();
                boolean readOnly = volume.endsWith(READ_ONLY);
                String name = readOnly ? volume.substring(0, volume.length() - READ_ONLY.length()) : volume;
                int lun = Integer.parseInt(number);
                mappings.put(lun, new Mapping(target, lun, name, readOnly));
            }
        }
        return new LunList(mappings);
    }

    /** The lowest number that is free. */
    int nextFree() {
        for (int lun = 0; lun <= LunMap.MAX_LUN; lun++) {
            if (!mappings.containsKey(lun)) {
                return lun;
            }
        }
        throw new ApplianceException(
                "all " + (LunMap.MAX_LUN + 1) + " logical unit numbers are taken; unmap a volume.");
    }

    LunList with(Mapping mapping) {
        if (mapping.lun() < 0 || mapping.lun() > LunMap.MAX_LUN) {
            throw new ApplianceException("lun " + mapping.lun() + ": give 0 to " + LunMap.MAX_LUN + ".");
        }
        Mapping present = mappings.get(mapping.lun());
        if (present != null) {
            throw new ApplianceException("lun " + mapping.lun() + " of target " + mapping.target() + " is volume "
                    + present.volume() + " already; choose another number or unmap that volume.");
        }
        SortedMap<Integer, Mapping> more = new TreeMap<>(mappings);
        more.put(mapping.lun(), mapping);
        return new LunList(more);
    }

    LunList without(List<Mapping> gone) {
        SortedMap<Integer, Mapping> fewer = new TreeMap<>(mappings);
        gone.forEach(mapping -> fewer.remove(mapping.lun()));
        return new LunList(fewer);
    }

    List<Mapping> ofVolume(String volume) {
        return mappings.values().stream()
                .filter(mapping -> mapping.volume().equals(volume))
                .toList();
    }

    List<Mapping> all() {
        return new ArrayList<>(mappings.values());
    }

    /** As it stands in the configuration. */
    @Override
    public String toString() {
        return mappings.entrySet().stream()
                .map((Map.Entry<Integer, Mapping> entry) -> entry.getKey() + "="
                        + entry.getValue().volume() + (entry.getValue().readOnly() ? READ_ONLY : ""))
                .collect(Collectors.joining(","));
    }
}
