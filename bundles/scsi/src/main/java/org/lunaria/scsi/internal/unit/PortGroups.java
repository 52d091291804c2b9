package org.lunaria.scsi.internal.unit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Identifiers of target port groups, one for each name of a target: made of the name, so that it is the same after a restart
 * and on another appliance. A name whose identifier another one has got before takes the next that is free, and of these
 * two the one that comes first may be another after a restart. Thread-safe.
 */
final class PortGroups {
    /** 1 to this. */
    private static final int MAX_IDENTIFIER = 0xFFFF;

    private final Map<Integer, String> names = new HashMap<>();

    /**
     * @param target name of a target that there may have been before
     * @throws IllegalStateException when there have been as many names as there are identifiers
     */
    synchronized int identifier(String target) {
        CRC32C sum = new CRC32C();
        sum.update(target.getBytes(StandardCharsets.UTF_8));
        int first = (int) (sum.getValue() % MAX_IDENTIFIER);
        for (int step = 0; step < MAX_IDENTIFIER; step++) {
            int identifier = 1 + (first + step) % MAX_IDENTIFIER;
            String taken = names.putIfAbsent(identifier, target);
            if (taken == null || taken.equals(target)) {
                return identifier;
            }
        }
        throw new IllegalStateException("there is no identifier of a target port group left for " + target);
    }
}
