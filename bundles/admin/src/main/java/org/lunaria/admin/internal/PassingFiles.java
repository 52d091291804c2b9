package org.lunaria.admin.internal;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files with a volume's bytes that a change makes or deletes, noted durably before it does: should the process die
 * amid it, they would lie there with no configuration that names them. The next start deletes what nobody names then. Not
 * thread-safe: whoever calls has the lock of {@link Changes}.
 */
final class PassingFiles {
    static final String FILE = "passing-files";

    private static final Logger LOG = LoggerFactory.getLogger(PassingFiles.class);

    private final DurableFolder folder;
    private final DataFolder data;

    /** @param folder where the note lies */
    PassingFiles(DurableFolder folder, DataFolder data) {
        this.folder = folder;
        this.data = data;
    }

    /** Notes files until the change is over, whatever comes of it; if none, makes sure that none is noted from before. */
    void noteUntilEnd(Change change, List<Path> files) {
        if (files.isEmpty()) {
            requireNone();
            return;
        }
        String text = files.stream().map(file -> file + "\n").collect(Collectors.joining());
        change.atEnd(this::clear);
        try {
            folder.write(FILE, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new ApplianceException(
                    "cannot note in " + folder + " which files are about to change: " + e + "; nothing was changed.",
                    e);
        }
    }

    /** What could not be cleared at the end of a change would delete what the administrator leaves in another. */
    private void requireNone() {
        try {
            if (folder.read(FILE).isPresent()) {
                folder.delete(FILE);
            }
        } catch (IOException e) {
            throw new ApplianceException(
                    "cannot delete " + FILE + " in " + folder + ", which is of an earlier change: " + e
                            + "; nothing was changed.",
                    e);
        }
    }

    /**
     * Deletes what was noted and no configuration names, as far as it lies in the appliance's own folder; what lies elsewhere is
     * told.
     *
     * @param etc in which the change is finished, or was never begun
     * @param substitution as {@link CfgText#of} wants it
     */
    void finish(EtcFolder etc, UnaryOperator<String> substitution) throws IOException {
        Optional<byte[]> note = folder.read(FILE);
        if (note.isEmpty()) {
            return;
        }
        Set<Path> kept = named(etc, substitution);
        for (String line :
                new String(note.get(), StandardCharsets.UTF_8).lines().toList()) {
            Path path = Path.of(line);
            if (Files.exists(path) && !kept.contains(path.toRealPath())) {
                remove(path);
            }
        }
        folder.delete(FILE);
    }

    private void remove(Path path) {
        if (data.owns(path)) {
            try {
                data.purge(path);
                LOG.warn("{} is deleted: the change that was to make or delete it was cut off.", path);
            } catch (ApplianceException e) {
                LOG.warn("The change that was to make or delete a file was cut off.", e);
            }
        } else {
            LOG.warn("{} belongs to no volume: the change that made it was cut off; delete that file.", path);
        }
    }

    private void clear() {
        try {
            folder.delete(FILE);
        } catch (IOException e) {
            // The next change writes another, and the next start deletes nothing that a configuration names.
            LOG.warn("cannot delete {} in {}", FILE, folder, e);
        }
    }

    /** What configurations name, and what belongs to their names: the text of one may be torn. */
    private Set<Path> named(EtcFolder etc, UnaryOperator<String> substitution) throws IOException {
        Set<Path> named = new HashSet<>();
        for (InstanceId id : etc.instances()) {
            if (id.isBackend()) {
                CfgText text = CfgText.of(etc.read(id).orElse(""), substitution);
                String path = new Values(text.values()).text(StorePlan.PATH);
                for (File file : List.of(new File(path), data.pathFor(id.name()).toFile())) {
                    if (file.exists()) {
                        named.add(file.toPath().toRealPath());
                    }
                }
            }
        }
        return named;
    }
}
