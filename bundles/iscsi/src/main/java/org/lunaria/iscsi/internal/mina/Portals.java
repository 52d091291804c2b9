package org.lunaria.iscsi.internal.mina;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.session.PortalGroup;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.iscsi.internal.wire.BufferPool;

/**
 * The network side of this node: portals that listen, and the I/O threads that serve their connections. Thread-safe.
 */
public final class Portals implements AutoCloseable {
    /** Connections that wait to be accepted. */
    private static final int BACKLOG = 1024;

    /**
     * The bounds of the transport. Immutable.
     *
     * @param ioThreads that serve connections, at least 1
     * @param bufferBytes of direct memory for data on its way, at least 1 MiB
     * @param connectionsMax of each portal
     * @param rules that connections and sessions are held to
     * @param spinMicros how long an I/O thread looks for more before it sleeps
     */
    public record Bounds(int ioThreads, long bufferBytes, int connectionsMax, SessionRules rules, int spinMicros) {
        private static final long BUFFER_BYTES = 256L << 20;
        private static final int CONNECTIONS_MAX = 4096;

        /** What is good for this machine: half of its processors serve connections. */
        public static Bounds standard() {
            return new Bounds(
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                    BUFFER_BYTES,
                    CONNECTIONS_MAX,
                    SessionRules.STANDARD,
                    0);
        }
    }

    private final Bounds bounds;
    private final TargetDirectory targets;
    private final AccountDirectory accounts;
    private final SessionRegistry sessions;
    private final Supplier<List<Portal>> listening;
    private final IoThreads threads;

    /** @param listening gives every portal that listens now */
    public Portals(
            Bounds bounds,
            TargetDirectory targets,
            AccountDirectory accounts,
            SessionRegistry sessions,
            Supplier<List<Portal>> listening) {
        this.listening = listening;
        this.bounds = bounds;
        this.targets = targets;
        this.accounts = accounts;
        this.sessions = sessions;
        this.threads = new IoThreads(
                bounds.ioThreads(),
                new BufferPool(bounds.bufferBytes()),
                TimeUnit.MICROSECONDS.toNanos(bounds.spinMicros()));
    }

    /**
     * Listens on a portal's address; port 0 takes a free one.
     *
     * @throws IOException with a sentence for the administrator, when that cannot be
     */
    public Listener listen(Portal portal) throws IOException {
        PortalGroup group = new PortalGroup(portal, listening, targets, accounts, sessions, bounds.rules());
        NioSocketAcceptor acceptor = new NioSocketAcceptor(threads, threads.processors());
        acceptor.setReuseAddress(true);
        acceptor.setCloseOnDeactivation(false);
        acceptor.setBacklog(BACKLOG);
        acceptor.setHandler(new PortalHandler(group, bounds.connectionsMax()));
        acceptor.getSessionConfig().setTcpNoDelay(true);
        acceptor.getSessionConfig().setKeepAlive(true);
        try {
            acceptor.bind(portal.address());
        } catch (IOException e) {
            acceptor.dispose(false);
            throw new IOException(sentence(portal, e), e);
        }
        return new Listener(acceptor);
    }

    /** What of the memory for data on its way is in use. */
    public BufferPool.Usage memory() {
        return threads.pool().usage();
    }

    /** How long ago the I/O thread went round its loop that is furthest behind. */
    public Duration silence() {
        return threads.silence();
    }

    /** Closes every connection, and ends the threads. Who listens is to be closed before. */
    @Override
    public void close() {
        threads.close();
    }

    private static String sentence(Portal portal, IOException thrown) {
        InetSocketAddress address = portal.address();
        String where =
                "portal " + portal.name() + ": " + address.getAddress().getHostAddress() + ":" + address.getPort();
        Throwable cause = rootCause(thrown);
        return cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? where + " is already in use; choose another port or stop what listens there."
                : where + " cannot be listened on (" + cause.getMessage() + "); choose an address of this machine.";
    }

    /** MINA wraps what the socket threw. */
    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
