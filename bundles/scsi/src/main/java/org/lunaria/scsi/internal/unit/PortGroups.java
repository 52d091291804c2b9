package org.lunaria.scsi.internal.unit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.lunaria.scsi.internal.saved.SavedStore;
import org.lunaria.scsi.internal.saved.SavedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifiers of target port groups, one for each name of a target: made of the name, so that it is the same after a restart
 * and on another appliance. A name whose identifier another one has takes the next that is free, and what those who met so
 * have is saved. Thread-safe; blocks when names meet.
 */
final class PortGroups {
    private static final Logger LOG = LoggerFactory.getLogger(PortGroups.class);

    /** Under which they are saved, a value for each identifier: no unit has it, as there is no NAA of format 0. */
    static final String SAVED_AS = "0000000000000000";

    /** 1 to this. */
    private static final int MAX_IDENTIFIER = 0xFFFF;

    private final SavedStore store;
    private SavedValues saved = SavedValues.NONE;

    /** Nothing is written over what could not be read. */
    private boolean unreadable;

    /** By identifier; of targets that there are, have been, or were saved. */
    private final Map<Integer, String> names = new HashMap<>();

    PortGroups(SavedStore store) {
        this.store = store;
        try {
            saved = store.load(SAVED_AS).orElse(SavedValues.NONE);
            saved.byKey().forEach((identifier, name) -> names.put(Integer.valueOf(identifier), name));
        } catch (IOException | NumberFormatException e) {
            unreadable = true;
            LOG.warn(
                    "target port groups may have other identifiers than before, and none are saved until this can be read"
                            + " or is deleted: {}",
                    e.getMessage());
        }
    }

    /**
     * @param target name of a target that there may have been before
     * @throws IllegalStateException when there have been as many names as there are identifiers
     */
    synchronized int identifier(String target) {
        int first = first(target);
        for (int step = 0; step < MAX_IDENTIFIER; step++) {
            int identifier = identifier(first, step);
            if (names.computeIfAbsent(identifier, free -> target).equals(target)) {
                if (step > 0) {
                    save(first, step);
                }
                return identifier;
            }
        }
        throw new IllegalStateException("there is no identifier of a target port group left for " + target);
    }

    private static int identifier(int first, int step) {
        return 1 + (first + step) % MAX_IDENTIFIER;
    }

    /** Saves who has an identifier, and who has those before it that it would have had else. */
    private void save(int first, int steps) {
        if (unreadable) {
            return;
        }
        SavedValues values = saved;
        try {
            for (int step = 0; step <= steps; step++) {
                int identifier = identifier(first, step);
                values = values.with(Integer.toString(identifier), names.get(identifier));
            }
            if (!values.equals(saved)) {
                store.save(SAVED_AS, values);
                saved = values;
            }
        } catch (IOException | IllegalArgumentException e) {
            // They hold all the same, but maybe not after a restart.
            LOG.warn(
                    "the target port group of target {} is not saved: {}",
                    names.get(identifier(first, steps)),
                    e.getMessage());
        }
    }

    private static int first(String target) {
        CRC32C sum = new CRC32C();
        sum.update(target.getBytes(StandardCharsets.UTF_8));
        return (int) (sum.getValue() % MAX_IDENTIFIER);
    }
}
