package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of the configuration files. Thread-safe for different files. */
final class EtcFolder {
    private final DurableFolder folder;
    private final Charset charset;
    private final Set<InstanceId> written = ConcurrentHashMap.newKeySet();

    /**
     * @param folder must exist
     * @param charset that File Install reads files in
     */
    EtcFolder(Path folder, Charset charset) throws IOException {
        this(new DurableFolder(folder.toRealPath()), charset);
    }

    EtcFolder(DurableFolder folder, Charset charset) {
        this.folder = folder;
        this.charset = charset;
    }

    /** The name that File Install gives to the file in {@code felix.fileinstall.filename}. */
    String uri(InstanceId id) {
        return folder.file(id.fileName()).toFile().toURI().toString();
    }

    Optional<String> read(InstanceId id) throws IOException {
        return folder.read(id.fileName()).map(bytes -> new String(bytes, charset));
    }

    void write(InstanceId id, String text) throws IOException {
        written.add(id);
        folder.write(id.fileName(), charset.encode(text));
    }

    void delete(InstanceId id) throws IOException {
        written.add(id);
        folder.delete(id.fileName());
    }

    /** What was written or deleted by this object since the last call. */
    Set<InstanceId> takeWritten() {
        Set<InstanceId> taken = new TreeSet<>(written);
        written.removeAll(taken);
        return taken;
    }

    /** Is another when the file has changed, as far as can be told without reading it. */
    String stamp(InstanceId id) {
        return folder.stamp(id.fileName());
    }

    /** The names of the files that are, or should be, configurations of the appliance. */
    List<String> fileNames() {
        try {
            return folder.names().stream()
                    .filter(name -> name.startsWith(InstanceId.NAMESPACE) && name.endsWith(".cfg"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** What has a file that bears its name, whatever is in it. */
    List<InstanceId> instances() {
        return fileNames().stream()
                .map(InstanceId::ofFileName)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
