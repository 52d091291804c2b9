package org.lunaria.shell.internal.exec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lunaria.exec.client.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the owner's socket: one a connection. Each connection has a thread that watches the client, and
 * the command's own, which is interrupted when the client goes away. At most {@link #MAX_CONNECTIONS} are served at a
 * time; others wait. Thread-safe.
 */
final class ExecServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ExecServer.class);

    /** A client has so long to send its request. */
    private static final long REQUEST_SECONDS = 10;

    /** How long it waits when the system has no descriptor left, say. */
    private static final long RETRY_SECONDS = 1;

    /** The status of a request that is none. */
    private static final int REFUSED = 1;

    /** As much is read at once of what a refused client still sends. */
    private static final int REST_BYTES = 8192;

    private static final long CLOSE_SECONDS = 5;

    private final OwnerSocket socket;
    private final CommandRunner runner;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon("lunaria-exec", task));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> daemon("lunaria-exec-timer", task));

    private volatile boolean closed;

    ExecServer(OwnerSocket socket, CommandRunner runner) {
        this.socket = socket;
        this.runner = runner;
    }

    void start() {
        threads.execute(this::acceptAll);
    }

    /** No new command is taken; those under way are interrupted. */
    @Override
    public void close() throws IOException {
        closed = true;
        socket.close();
        timer.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A command goes on although it was interrupted.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        try {
            while (!closed) {
                places.acquire();
                acceptOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            SocketChannel client = socket.accept();
            threads.execute(() -> serve(client));
        } catch (IOException e) {
            places.release();
            if (!closed) {
                LOG.error("A command of bin/lunaria could not be taken: {}", e.toString());
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ScheduledFuture<?> deadline = timer.schedule(() -> close(client), REQUEST_SECONDS, TimeUnit.SECONDS);
            try {
                ExecRequest request = ExecRequest.readFrom(client);
                ClientInputStream input = new ClientInputStream(client);
                Future<?> command = threads.submit(() -> answer(request, input, client));
                deadline.cancel(false);
                listen(client, input);
                command.cancel(true);
            } catch (ProtocolException e) {
                refuse(client, e.getMessage());
            }
        } catch (EOFException e) {
            LOG.debug("A client of bin/lunaria went away without a request.");
        } catch (IOException e) {
            LOG.warn("A connection of bin/lunaria failed: {}", e.toString());
        } finally {
            places.release();
        }
    }

    /** The client, who may still be sending, is heard out until it closes or its time is over: else it might never read why. */
    private static void refuse(SocketChannel client, String reason) throws IOException {
        Frame.of(Frame.Type.ERROR, "Error: " + reason + ".\n").writeTo(client);
        Frame.exit(REFUSED).writeTo(client);
        ByteBuffer rest = ByteBuffer.allocate(REST_BYTES);
        while (client.read(rest.clear()) >= 0) {}
    }

    private void answer(ExecRequest request, InputStream input, SocketChannel client) {
        int status = runner.run(request, input, client);
        try (client) {
            Frame.exit(status).writeTo(client);
        } catch (IOException e) {
            LOG.debug("A client of bin/lunaria did not wait for the end of its command: {}", e.toString());
        }
    }

    /** Blocks until either side closes; a client has nothing to say but what it is asked for. */
    private static void listen(SocketChannel client, ClientInputStream input) {
        try {
            while (true) {
                Frame frame = Frame.readFrom(client);
                if (frame.type() != Frame.Type.INPUT || !input.put(frame.payload())) {
                    throw new ProtocolException("a client said " + frame.type() + " that nobody asked for");
                }
            }
        } catch (IOException e) {
            LOG.debug("A connection of bin/lunaria is closed: {}", e.toString());
        }
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("A connection of bin/lunaria could not be closed: {}", e.toString());
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
