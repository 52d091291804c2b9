package org.lunaria.admin;

import java.util.Map;
import java.util.Optional;

/**
 * A volume to be made.
 *
 * @param name at most 64 of a-z, 0-9, dot, dash and underscore
 * @param kind of backend, see {@link Backends#kinds}
 * @param size of the volume; may be left out where the store has a size already
 * @param path of the data; without it the appliance's own folder, where the kind has a path at all
 * @param blockBytes logical block length: 512 or 4096, or 2048 of what is a CDROM by its settings
 * @param settings further keys of the kind ({@link BackendKind#keys}) or of the logical unit, and their values
 */
public record NewVolume(
        String name,
        String kind,
        Optional<ByteSize> size,
        Optional<String> path,
        int blockBytes,
        Map<String, String> settings) {

    public NewVolume {
        settings = Map.copyOf(settings);
    }
}
