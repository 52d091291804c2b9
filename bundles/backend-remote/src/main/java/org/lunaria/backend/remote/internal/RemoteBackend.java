package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;

/**
 * A volume that is an export of an NBD server. An operation is handed to the thread of the volume, which does all the
 * rest ({@link Session}); completions come from it. Thread-safe.
 */
final class RemoteBackend implements BlockBackend {

    private static final long CLOSE_SECONDS = 15;

    private final RemoteSettings settings;
    private final Session session;
    private final Thread thread;

    /** What of the configuration is not obeyed; empty if nothing. */
    private volatile String refusal = "";

    /**
     * Begins to connect, again and again until the server is there.
     *
     * @param opened called by the volume's thread when there is a {@link #profile}; it must not wait for I/O
     */
    RemoteBackend(RemoteSettings settings, RemoteServer server, Runnable opened) throws IOException {
        this.settings = settings;
        session = new Session(settings, server, opened);
        thread = new Thread(session, "remote-" + settings.id());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Profile profile() {
        return session.profile();
    }

    @Override
    public CompletionStage<Void> read(long offset, ByteBuffer target) {
        return target.hasRemaining()
                ? submit(new Operation<>(Operation.Kind.READ, offset, target.remaining(), target, false, false))
                : Completions.DONE;
    }

    @Override
    public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        boolean durable = flags.contains(Flag.DURABLE);
        return can(Capability.WRITE, "write")
                .orElseGet(() -> source.hasRemaining()
                        ? submit(new Operation<>(
                                Operation.Kind.WRITE, offset, source.remaining(), source, durable, false))
                        : Completions.DONE);
    }

    @Override
    public CompletionStage<Void> flush() {
        return submit(new Operation<>(Operation.Kind.FLUSH, 0, 0, null, false, false));
    }

    /** By zeroes that may be a hole: after NBD_CMD_TRIM a server may give anything back. */
    @Override
    public CompletionStage<Void> unmap(long offset, long length) {
        return can(Capability.UNMAP, "unmap").orElseGet(() -> zero(offset, length, false, true));
    }

    @Override
    public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return can(Capability.WRITE_ZEROES, "writeZeroes")
                .orElseGet(() -> zero(offset, length, flags.contains(Flag.DURABLE), flags.contains(Flag.MAY_UNMAP)));
    }

    @Override
    public CompletionStage<List<Extent>> extents(long offset, long length) {
        return profile().can(Capability.EXTENTS)
                ? submit(new ExtentsOperation(offset, length, profile().blockBytes()))
                : unsupported("extents");
    }

    /** Ends what is under way, flushes, and takes leave of the server; within 10 seconds. */
    @Override
    public void close() throws IOException {
        session.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || session.isUnsaved()) {
            throw new IOException("the server did not confirm that what was written is durable");
        }
    }

    @Override
    public String trouble() {
        String trouble = session.trouble();
        return trouble.isEmpty() ? refusal : trouble;
    }

    /** Why there is no profile yet. */
    String obstacle() {
        return session.obstacle();
    }

    /** Has {@link #trouble} tell what of the configuration is not obeyed; nothing, when it is as configured again. */
    void refuses(String sentence) {
        refusal = sentence;
    }

    private CompletionStage<Void> zero(long offset, long length, boolean durable, boolean mayUnmap) {
        return length == 0
                ? Completions.DONE
                : submit(new Operation<>(Operation.Kind.ZERO, offset, length, null, durable, mayUnmap));
    }

    private <T> CompletionStage<T> submit(Operation<T> operation) {
        return switch (session.inbox().offer(operation)) {
            case TAKEN -> operation;
            case FULL ->
                Completions.failed(new Failure(Fault.BUSY, -1, settings + ": too many operations wait for the server"));
            case CLOSED -> Completions.failed(new Failure(Fault.OFFLINE, -1, settings + " is closed"));
        };
    }

    private Optional<CompletionStage<Void>> can(Capability capability, String operation) {
        return profile().can(capability) ? Optional.empty() : Optional.of(unsupported(operation));
    }

    private <T> CompletionStage<T> unsupported(String operation) {
        return Completions.failed(new Failure(Fault.UNSUPPORTED, -1, settings + ": the server cannot do " + operation));
    }
}
