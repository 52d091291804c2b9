package org.lunaria.admin;

import java.util.Map;
import java.util.Optional;

/**
 * A store that a volume is to have its bytes in.
 *
 * @param kind of backend, see {@link Backends#kinds}
 * @param size of the store; may be left out where it has a size already
 * @param path of the data; without it the appliance's own folder, where the kind has a path at all
 * @param settings further keys of the kind, and their values
 */
public record NewStore(String kind, Optional<ByteSize> size, Optional<String> path, Map<String, String> settings) {

    public NewStore {
        settings = Map.copyOf(settings);
    }
}
