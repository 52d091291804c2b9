package org.lunaria.watchdog.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.PortalStatus;

/**
 * What the service manager is told, round by round. It is told that the appliance is ready when a portal listens, or when
 * that took too long, since an administrator must be able to mend what keeps it from listening. It is told that the
 * appliance lives while every I/O thread does; a transport that is not there, because it is being exchanged, has none.
 * Confined to the thread that calls.
 */
final class Watchdog {
    /** After which an appliance without a portal that listens counts as started. */
    static final Duration READY_WAIT = Duration.ofSeconds(20);

    private final Supplier<Optional<IscsiTransport>> transport;
    private final Consumer<String> manager;
    private final LongSupplier nanoClock;
    private final Duration silenceMax;
    private final long startNanos;
    private boolean ready;
    private String status = "";

    /** @param silenceMax after which an I/O thread that has not turned is taken to be lost */
    Watchdog(
            Supplier<Optional<IscsiTransport>> transport,
            Consumer<String> manager,
            LongSupplier nanoClock,
            Duration silenceMax) {
        this.transport = transport;
        this.manager = manager;
        this.nanoClock = nanoClock;
        this.silenceMax = silenceMax;
        this.startNanos = nanoClock.getAsLong();
    }

    /** One round; returns whether the service manager was told that the appliance lives. */
    boolean round() {
        List<PortalStatus> portals =
                transport.get().map(IscsiTransport::portals).orElse(List.of());
        long listening = portals.stream().filter(PortalStatus::listening).count();
        tellReady(listening > 0);
        tellStatus(listening + " of " + portals.size() + " portals listen.");
        boolean alive = silence().compareTo(silenceMax) < 0;
        if (alive) {
            manager.accept("WATCHDOG=1");
        }
        return alive;
    }

    /** How long ago the I/O thread turned that is furthest behind. */
    Duration silence() {
        return transport.get().map(IscsiTransport::ioThreadSilence).orElse(Duration.ZERO);
    }

    private void tellReady(boolean listens) {
        if (!ready && (listens || nanoClock.getAsLong() - startNanos >= READY_WAIT.toNanos())) {
            manager.accept("READY=1");
            ready = true;
        }
    }

    private void tellStatus(String now) {
        if (ready && !now.equals(status)) {
            manager.accept("STATUS=" + now);
            status = now;
        }
    }
}
