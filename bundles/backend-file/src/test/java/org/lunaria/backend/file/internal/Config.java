package org.lunaria.backend.file.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Configurations as Declarative Services hands them over. */
final class Config {

    private Config() {}

    /** A configuration of the instance disk-1, with these keys and values besides backend.id and path. */
    static Map<String, Object> of(Path path, Object... more) {
        Map<String, Object> config = new HashMap<>();
        config.put("service.pid", FileSettings.FACTORY_PID + "~disk-1");
        config.put("backend.id", "disk-1");
        config.put("path", path.toString());
        for (int i = 0; i < more.length; i += 2) {
            config.put((String) more[i], more[i + 1]);
        }
        return config;
    }

    static FileSettings settings(Path path, Object... more) {
        return FileSettings.of(of(path, more));
    }

    /** A sparse file with a journal, on a disk that a test makes up. */
    static VolumeFile file(Path path, int fd, long sizeBytes) {
        FileSystem fileSystem = new FileSystem("ext4", 4096, true, true);
        return new VolumeFile("disk", path, fd, sizeBytes, fileSystem, true, false, false, Optional.empty(), true, 7);
    }

    /** Settings of a file that is made when it is missing. */
    static FileSettings creating(Path path, long sizeBytes, Object... more) {
        Map<String, Object> config = of(path, more);
        config.put("create", true);
        config.put("sizeBytes", sizeBytes);
        return FileSettings.of(config);
    }
}
