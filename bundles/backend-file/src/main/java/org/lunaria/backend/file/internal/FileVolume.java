package org.lunaria.backend.file.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume in a file with one set of settings: a {@link BlockBackend} service from its construction to its end.
 *
 * <p>It registers the service itself, so that a changed configuration does not change the service's properties under its
 * users; and so that they let go of the backend (unregistering waits for them) before the file is closed.
 */
final class FileVolume {

    private static final Logger LOG = LoggerFactory.getLogger(FileVolume.class);
    private static final String KIND = "file";
    private static final long GROW_SECONDS = 60;

    private final FileSettings settings;
    private final VolumeFile file;
    private final FileBackend backend;
    private final ServiceRegistration<BlockBackend> registration;

    /** @throws InvalidSetting when the file cannot be opened as it is asked for; nothing is left of it then */
    FileVolume(BundleContext context, FileSettings settings) {
        this.settings = settings;
        FileCalls calls = Glibc.load(settings.source());
        file = FileOpener.open(calls, settings);
        backend = newBackend(calls);
        Dictionary<String, Object> identity = new Hashtable<>(Map.of("backend.id", file.id(), "backend.kind", KIND));
        registration = register(context, identity);
        tell();
    }

    /** What it serves now. */
    long capacityBytes() {
        return backend.profile().capacityBytes();
    }

    /** Its size is a multiple of that. */
    int blockBytes() {
        return backend.profile().blockBytes();
    }

    /**
     * Makes it as large as it is wanted to be, while it serves.
     *
     * @throws InvalidSetting when that cannot be; it has its size then
     */
    void grow(FileSettings wanted) {
        try {
            backend.resize(wanted.sizeBytes()).toCompletableFuture().get(GROW_SECONDS, TimeUnit.SECONDS);
            LOG.info("{} has {} bytes now", file, wanted.sizeBytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw wanted.invalid("sizeBytes", "the file was about to grow, and its volume ends");
        } catch (TimeoutException e) {
            throw wanted.invalid("sizeBytes", "the file has not grown within " + GROW_SECONDS + " s; it may yet");
        } catch (ExecutionException e) {
            throw wanted.invalid(
                    "sizeBytes",
                    Completions.failure(e.getCause()).getMessage() + "; give " + capacityBytes()
                            + ", which it has, or make room");
        }
    }

    /** What of the configuration is not obeyed; empty if nothing. */
    void refuses(String sentence) {
        backend.refuses(sentence);
    }

    /** Ends it in order: nobody uses it any more, and what was written is flushed. */
    void close() {
        registration.unregister();
        closeBackend();
    }

    private FileBackend newBackend(FileCalls calls) {
        try {
            return new FileBackend(calls, file);
        } catch (OutOfMemoryError e) {
            calls.close(file.fd());
            throw settings.invalid(
                    "direct",
                    "there is no direct memory left for that; raise -XX:MaxDirectMemorySize in etc/jvm.options, or set"
                            + " direct = false");
        }
    }

    /** A bundle that stops just now cannot register; then the file must not stay locked. */
    private ServiceRegistration<BlockBackend> register(BundleContext context, Dictionary<String, Object> identity) {
        try {
            return context.registerService(BlockBackend.class, backend, identity);
        } catch (IllegalStateException e) {
            closeBackend();
            throw e;
        }
    }

    private void closeBackend() {
        try {
            backend.close();
            LOG.info("{} closed", file);
        } catch (IOException e) {
            LOG.error("{} closed, but what was written last may be lost: {}", file, e.getMessage());
        }
    }

    private void tell() {
        LOG.info(
                "{} opened: {} bytes on {}{}{}{}{}",
                file,
                capacityBytes(),
                file.fileSystem().type(),
                file.preallocated() ? ", preallocated" : file.punchesHoles() ? ", gives space back" : "",
                file.direct().isPresent() ? ", direct" : "",
                file.sync() ? ", sync" : "",
                file.writable() ? "" : ", read-only");
        if (file.fileSystem().isInMemory() && file.writable()) {
            LOG.warn(
                    "{}: its file system is in memory ({}): what is flushed outlives the appliance, and is lost with the"
                            + " power",
                    file,
                    file.fileSystem().type());
        }
    }
}
