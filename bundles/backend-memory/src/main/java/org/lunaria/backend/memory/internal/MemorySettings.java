package org.lunaria.backend.memory.internal;

import java.util.Map;
import org.lunaria.settings.Settings;

/**
 * What an administrator asks for, checked. Immutable; equal when all that was asked for is equal.
 *
 * @param id the volume's name
 * @param sizeBytes a multiple of 512
 * @param discardWrites whether this is the null mode for measuring
 */
record MemorySettings(String id, long sizeBytes, boolean discardWrites) {

    static final String FACTORY_PID = "org.lunaria.backend.memory";
    static final int BLOCK_BYTES = 512;

    /** Reads a configuration; one that cannot be taken is refused by a {@code InvalidSetting}. */
    static MemorySettings of(Settings source) {
        String id = source.requiredText("backend.id", "give the name of the volume");
        long sizeBytes = source.number("sizeBytes");
        if (sizeBytes % BLOCK_BYTES != 0) {
            throw source.invalid("sizeBytes", "give a multiple of " + BLOCK_BYTES);
        }
        return new MemorySettings(id, sizeBytes, source.flag("discardWrites"));
    }

    MemorySettings withSize(long otherBytes) {
        return new MemorySettings(id, otherBytes, discardWrites);
    }

    /** The configuration with the checks that every component of ours makes. */
    static Settings source(Map<String, ?> properties) {
        return new Settings(FACTORY_PID, properties, MemoryConfig.class);
    }
}
