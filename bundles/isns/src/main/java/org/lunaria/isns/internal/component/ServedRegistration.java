package org.lunaria.isns.internal.component;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lunaria.isns.ServerStatus;
import org.lunaria.isns.internal.network.ServerAddress;
import org.lunaria.isns.internal.network.ServerConnection;
import org.lunaria.isns.internal.registration.InventorySource;
import org.lunaria.isns.internal.registration.Registrar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registration at one server, on a daemon thread of its own: a server that is away keeps nobody else waiting.
 * Thread-safe.
 */
final class ServedRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(ServedRegistration.class);

    /** Of a connection, and of each request: Open-iSNS writes hundreds of targets to its disk in some seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final long TICK_MILLIS = 1000;

    private final ScheduledExecutorService thread;
    private final ServedInquiries inquiries;
    private final Registrar registrar;

    ServedRegistration(ServerAddress server, IsnsSettings settings, InventorySource source) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, "isns-" + server);
            daemon.setDaemon(true);
            return daemon;
        });
        inquiries = new ServedInquiries(settings.esiSeconds(), settings.esiPort());
        registrar = new Registrar(
                server.toString(),
                () -> ServerConnection.open(server, TIMEOUT),
                source,
                settings.entity(),
                inquiries,
                System::nanoTime,
                Clock.systemUTC());
    }

    /** Does nothing when it was ended before, as by a second change of the configuration. */
    void start() {
        if (thread.isShutdown()) {
            return;
        }
        thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    ServerStatus status() {
        return registrar.status();
    }

    /** Takes everything back. Returns at once; the stage is complete when that is done, or could not be. */
    CompletableFuture<Void> end() {
        CompletableFuture<Void> ended = CompletableFuture.runAsync(this::takeBack, thread);
        thread.shutdown();
        return ended;
    }

    /** One mistake of ours must not end the ticks. */
    private void tick() {
        try {
            registrar.tick();
        } catch (RuntimeException e) {
            LOG.error(
                    "the registration at iSNS server {} failed",
                    registrar.status().server(),
                    e);
        }
    }

    private void takeBack() {
        try (inquiries) {
            registrar.end();
        } catch (IOException e) {
            LOG.debug("closing the port for inquiries", e);
        }
    }
}
