package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a volume's path still names the file that is open: somebody may delete or move it, or put another in its place. It serves on, as an
 * open file lives without a name, and nobody else would notice before its end. Thread-safe; {@link #look} is called by one thread
 * at a time.
 */
final class FilePlace {
    private static final Logger LOG = LoggerFactory.getLogger(FilePlace.class);

    private static final String NOT_THERE =
            "The file is not at its path any more: somebody has deleted or moved it, or put another"
                    + " in its place. What is written is kept until the volume closes: move the file back, or save the bytes with"
                    + " volume:migrate.";

    private static final Object NONE = "no file";
    private static final Object UNKNOWN = "not to be asked for";

    private final VolumeFile file;
    private final Object key;
    private volatile String trouble = "";

    /** @param file one that was opened just now */
    FilePlace(VolumeFile file) {
        this.file = file;
        key = keyAt(file.path());
    }

    /** Empty while the file is at its path. */
    String trouble() {
        return trouble;
    }

    /** May block. */
    void look() {
        Object now = keyAt(file.path());
        if (now == UNKNOWN || key == UNKNOWN) {
            return;
        }
        boolean there = now.equals(key);
        if (!there && trouble.isEmpty()) {
            LOG.error("{}: {}", file, NOT_THERE);
        } else if (there && !trouble.isEmpty()) {
            LOG.info("{}: the file is at its path again", file);
        }
        trouble = there ? "" : NOT_THERE;
    }

    /** What the system knows a file by that has a path. */
    private static Object keyAt(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
