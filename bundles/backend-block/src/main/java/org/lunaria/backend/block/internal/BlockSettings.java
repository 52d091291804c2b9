package org.lunaria.backend.block.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/**
 * What an administrator asks for, checked as far as that goes without looking at the device. Immutable.
 *
 * @param source where it comes from, for the sentences of a refusal
 * @param id the volume's name
 * @param device absolute path
 * @param direct whether the page cache is passed by
 * @param exclusive whether nobody else may have the device
 */
record BlockSettings(Settings source, String id, Path device, boolean direct, boolean exclusive) {

    static final String FACTORY_PID = "org.lunaria.backend.block";

    private static final String DEVICE = "device";

    /** Reads a configuration. */
    static BlockSettings of(Map<String, ?> properties) {
        Settings source = new Settings(FACTORY_PID, properties, BlockConfig.class);
        String id = source.requiredText("backend.id", "give the name of the volume");
        return new BlockSettings(source, id, device(source), source.flag("direct"), source.flag("exclusive"));
    }

    /** The keys whose values another configuration has otherwise. */
    List<String> differences(BlockSettings other) {
        List<String> keys = new ArrayList<>();
        if (!id.equals(other.id)) {
            keys.add("backend.id");
        }
        if (!device.equals(other.device)) {
            keys.add(DEVICE);
        }
        if (direct != other.direct) {
            keys.add("direct");
        }
        if (exclusive != other.exclusive) {
            keys.add("exclusive");
        }
        return keys;
    }

    /** Whether another configuration is of the same device, so that it can take this one's place. */
    boolean isOfSameDevice(BlockSettings other) {
        return id.equals(other.id) && device.equals(other.device);
    }

    /** A refusal of the device: "... device = /dev/sdb: hint." */
    InvalidSetting invalid(String hint) {
        return source.invalid(DEVICE, hint);
    }

    private static Path device(Settings source) {
        String text = source.requiredText(DEVICE, "give the absolute path of a block device, as /dev/sdb");
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Falls through: what is no path gets the same sentence.
        }
        throw source.invalid(DEVICE, "give the absolute path of a block device, as /dev/sdb");
    }
}
