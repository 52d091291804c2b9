package org.lunaria.backend.file.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/**
 * What an administrator asks for, checked as far as that goes without looking at the file. Immutable.
 *
 * @param source where it comes from, for the sentences of a refusal
 * @param id the volume's name
 * @param path absolute
 * @param sizeBytes a multiple of 512, or {@link #SIZE_OF_THE_FILE}
 * @param create whether a missing file is made
 * @param preallocate whether the file's whole space is taken at the start
 * @param direct whether the page cache is passed by
 * @param sync whether each change is durable when it is done
 */
record FileSettings(
        Settings source,
        String id,
        Path path,
        long sizeBytes,
        boolean create,
        boolean preallocate,
        boolean direct,
        boolean sync) {

    static final String FACTORY_PID = "org.lunaria.backend.file";
    static final int BLOCK_BYTES = 512;
    static final long SIZE_OF_THE_FILE = -1;

    /** Reads a configuration. */
    static FileSettings of(Map<String, ?> properties) {
        Settings source = new Settings(FACTORY_PID, properties, FileConfig.class);
        String id = source.requiredText("backend.id", "give the name of the volume");
        boolean create = source.flag("create");
        return new FileSettings(
                source,
                id,
                path(source),
                size(source, create),
                create,
                source.flag("preallocate"),
                source.flag("direct"),
                source.flag("sync"));
    }

    /** Whether another configuration is of the same file, so that it can take this one's place. */
    boolean isOfSameFile(FileSettings other) {
        return id.equals(other.id) && path.equals(other.path);
    }

    /** Whether the file is used in the same way; create and sizeBytes have no meaning for one that is open. */
    boolean isServedAlike(FileSettings other) {
        return preallocate == other.preallocate && direct == other.direct && sync == other.sync;
    }

    /** A refusal: "... key = value: hint." */
    InvalidSetting invalid(String key, String hint) {
        return source.invalid(key, hint);
    }

    private static Path path(Settings source) {
        String text = source.requiredText("path", "give the absolute path of the volume's file");
        try {
            Path path = Path.of(text);
            if (!path.isAbsolute() || path.getFileName() == null) {
                throw source.invalid("path", "give the absolute path of a file, as /srv/lunaria/disk-1.img");
            }
            return path;
        } catch (InvalidPathException e) {
            throw source.invalid("path", "this system cannot name such a file (" + e.getReason() + "); choose another");
        }
    }

    private static long size(Settings source, boolean create) {
        if (!create && source.text("sizeBytes").equals(String.valueOf(SIZE_OF_THE_FILE))) {
            return SIZE_OF_THE_FILE;
        }
        long size = source.number("sizeBytes");
        if (size % BLOCK_BYTES != 0) {
            throw source.invalid("sizeBytes", "give a multiple of " + BLOCK_BYTES);
        }
        return size;
    }
}
