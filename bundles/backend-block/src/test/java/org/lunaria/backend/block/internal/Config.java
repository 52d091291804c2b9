package org.lunaria.backend.block.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configurations as Declarative Services hands them over. */
final class Config {

    private Config() {}

    /** A configuration of the instance disk-1, with these keys and values besides backend.id and device. */
    static Map<String, Object> of(Path device, Object... more) {
        Map<String, Object> config = new HashMap<>();
        config.put("service.pid", BlockSettings.FACTORY_PID + "~disk-1");
        config.put("backend.id", "disk-1");
        config.put("device", device.toString());
        for (int i = 0; i < more.length; i += 2) {
            config.put((String) more[i], more[i + 1]);
        }
        return config;
    }

    static BlockSettings settings(Path device, Object... more) {
        return BlockSettings.of(of(device, more));
    }
}
