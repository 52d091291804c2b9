package org.lunaria.watchdog.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.IscsiTransport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchdog where a service manager asks for one, by NOTIFY_SOCKET and WATCHDOG_USEC in the environment; elsewhere it does
 * nothing. Thread-safe.
 */
@Component(
        immediate = true,
        service = {})
public final class WatchdogComponent {
    private static final Logger LOG = LoggerFactory.getLogger(WatchdogComponent.class);
    private static final long ROUND_MILLIS = 500;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile IscsiTransport transport;

    private final Optional<NotifySocket> manager;
    private final Optional<ScheduledExecutorService> timer;
    /** Confined to the timer's thread: a trouble is told once. */
    private boolean troubled;

    @Activate
    public WatchdogComponent() {
        manager = Optional.ofNullable(System.getenv("NOTIFY_SOCKET")).map(NotifySocket::new);
        timer = manager.map(this::start);
    }

    private ScheduledExecutorService start(NotifySocket socket) {
        Watchdog watchdog = new Watchdog(() -> Optional.ofNullable(transport), socket, System::nanoTime, SILENCE_MAX);
        watch(System.getenv("WATCHDOG_USEC"));
        ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "watchdog");
            thread.setDaemon(true);
            return thread;
        });
        rounds.scheduleWithFixedDelay(() -> round(watchdog), 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("The service manager is told how the appliance is.");
        return rounds;
    }

    /** How long the service manager waits for the next word, in microseconds; 0 is for ever. */
    private void watch(String micros) {
        try {
            if (micros != null) {
                manager.orElseThrow().accept("WATCHDOG_USEC=" + micros);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The service manager takes no word on how long to wait for one.", e);
        }
    }

    /** A round that fails is not the last one. */
    private void round(Watchdog watchdog) {
        try {
            if (watchdog.round()) {
                troubled = false;
            } else if (!troubled) {
                troubled = true;
                LOG.error(
                        "An I/O thread has not turned for {} seconds; unless it does, the service manager starts the"
                                + " appliance anew.",
                        watchdog.silence().toSeconds());
            }
        } catch (RuntimeException | LinkageError e) {
            if (!troubled) {
                troubled = true;
                LOG.error("The service manager cannot be told how the appliance is.", e);
            }
        }
    }

    /** While this bundle is exchanged, or the appliance ends, nobody watches. */
    @Deactivate
    public void deactivate() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        manager.ifPresent(socket -> watch("0"));
    }
}
