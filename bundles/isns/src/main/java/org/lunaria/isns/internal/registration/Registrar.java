package org.lunaria.isns.internal.registration;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.lunaria.isns.ServerStatus;
import org.lunaria.isns.ServerStatus.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server up to date: registers what there is, changes what changes, renews in time, tries again when the server
 * is away, and takes everything back at the end. It is called once a second by one thread; its status may be read by any.
 */
public final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);
    private static final int DOUBLINGS_MAX = 6;
    /** So often a registration is renewed in its period: a server may be away twice, and nothing is lost. */
    private static final int RENEWALS = 3;

    private final String name;
    private final Exchange.Server server;
    private final Supplier<Inventory> inventory;
    private final Registration registration;
    private final LongSupplier nanoTime;
    private final Clock clock;

    /** What there was a second ago: a change counts when it has lasted that long, since targets come in numbers. */
    private Inventory seen;

    /** What there was when the server was last brought up to date. */
    private Inventory settled = Inventory.EMPTY;

    private long renewAtNanos;
    private long retryAtNanos;
    private int failures;
    private volatile ServerStatus status;

    /**
     * @param name of the server, for people
     * @param nanoTime as {@link System#nanoTime}
     * @param clock for points in time that people are told
     */
    public Registrar(
            String name,
            Exchange.Server server,
            InventorySource source,
            Entity entity,
            StatusInquiry inquiry,
            LongSupplier nanoTime,
            Clock clock) {
        this.name = name;
        this.server = server;
        this.inventory = source::take;
        this.registration = new Registration(entity, inquiry);
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.status = new ServerStatus(name, State.PENDING, clock.instant(), 0, 0, "");
    }

    public ServerStatus status() {
        return status;
    }

    /** Does what is to be done now. Takes no longer than a connection and its calls may. */
    public void tick() {
        Inventory now = inventory.get();
        boolean lasting = now.equals(seen);
        seen = now;
        if (lasting && isDue(now)) {
            bringUpToDate(now);
        }
    }

    /** Takes everything back, if the server can be reached. */
    public void end() {
        if (!registration.mayHoldAnything()) {
            return;
        }
        try (Exchange exchange = server.connect()) {
            registration.takeBack(exchange);
            LOG.info("deregistered at iSNS server {}", name);
        } catch (IOException e) {
            LOG.warn("Not deregistered at iSNS server {}, which forgets it in time: {}", name, e.getMessage());
        }
    }

    private boolean isDue(Inventory now) {
        if (now.isEmpty() && !registration.mayHoldAnything()) {
            settled = now;
            failures = 0;
            report(State.EMPTY, "");
            return false;
        }
        long nanos = nanoTime.getAsLong();
        if (failures > 0) {
            return nanos - retryAtNanos >= 0;
        }
        return !now.equals(settled) || registration.isThere() && nanos - renewAtNanos >= 0;
    }

    private void bringUpToDate(Inventory now) {
        try (Exchange exchange = server.connect()) {
            int periodSeconds = registration.update(exchange, now.seenBy(exchange.localAddress()));
            settled = now;
            failures = 0;
            renewAtNanos =
                    nanoTime.getAsLong() + Duration.ofSeconds(periodSeconds).toNanos() / RENEWALS;
            report(registration.isThere() ? State.REGISTERED : State.EMPTY, "");
        } catch (IOException e) {
            Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
            delay = delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
            failures++;
            retryAtNanos = nanoTime.getAsLong() + delay.toNanos();
            report(State.FAILED, e.getMessage());
        }
    }

    /** A state keeps its beginning; each new one is logged once. */
    private void report(State state, String detail) {
        ServerStatus last = status;
        boolean same = last.state() == state && last.detail().equals(detail);
        status = new ServerStatus(
                name,
                state,
                last.state() == state ? last.since() : clock.instant(),
                registration.targets(),
                registration.portals(),
                detail);
        if (same) {
            return;
        }
        switch (state) {
            case PENDING -> throw new IllegalStateException("nothing becomes pending");
            case EMPTY -> LOG.info("nothing to register at iSNS server {}", name);
            case REGISTERED ->
                LOG.info(
                        "registered at iSNS server {}: targets {}, portals {}",
                        name,
                        status.targets(),
                        status.portals());
            case FAILED -> LOG.warn("iSNS server {}: {} It is tried again.", name, detail);
        }
    }
}
