package org.lunaria.iscsi.internal.component;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.lunaria.event.EventKind;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.internal.node.Portal;

/**
 * A portal that is to listen. Where it cannot (the port is taken, the address is not there yet) it says why and tries
 * again every few seconds: an appliance that is started anew must come up by itself. Thread-safe.
 */
final class PortalBinding implements AutoCloseable {

    /** What comes again every few seconds. Thread-safe. */
    @FunctionalInterface
    interface Timer {
        /** @return ends it */
        Runnable recurring(Runnable work);
    }

    private final Portal portal;
    private final BoundPortal.Binder binder;
    private final Runnable endRetries;
    private Optional<BoundPortal> bound = Optional.empty();
    private String detail = "";
    private boolean closed;

    /** Tries to listen at once. */
    PortalBinding(Portal portal, BoundPortal.Binder binder, Timer timer) {
        this.portal = portal;
        this.binder = binder;
        attempt();
        this.endRetries = timer.recurring(this::attempt);
    }

    Portal portal() {
        return portal;
    }

    /** Whether another portal could not listen while this one does. */
    boolean isInTheWayOf(Portal other) {
        InetAddress here = portal.address().getAddress();
        InetAddress there = other.address().getAddress();
        return portal.address().getPort() == other.address().getPort()
                && (here.equals(there) || here.isAnyLocalAddress() || there.isAnyLocalAddress());
    }

    /** The portal with the port that it really listens on; empty while it does not listen. */
    synchronized Optional<Portal> listening() {
        return bound.map(listens -> new Portal(
                portal.name(),
                new InetSocketAddress(portal.address().getAddress(), listens.port()),
                portal.tag(),
                portal.discovery()));
    }

    synchronized PortalStatus status() {
        return new PortalStatus(
                portal.name(),
                host(),
                bound.map(BoundPortal::port).orElse(portal.address().getPort()),
                portal.tag(),
                bound.isPresent(),
                detail,
                bound.map(BoundPortal::connections).orElse(0));
    }

    /** Listens no more; connections that came in by it stay. */
    @Override
    public void close() {
        endRetries.run();
        Optional<BoundPortal> last;
        synchronized (this) {
            closed = true;
            last = bound;
            bound = Optional.empty();
        }
        last.ifPresent(BoundPortal::close);
    }

    private synchronized void attempt() {
        if (closed || bound.isPresent()) {
            return;
        }
        try {
            BoundPortal listens = binder.bind(portal);
            bound = Optional.of(listens);
            detail = "";
            EventKind.PORTAL.tell("portal {} listens on {} port {}", portal.name(), host(), listens.port());
        } catch (IOException e) {
            if (!e.getMessage().equals(detail)) {
                EventKind.PORTAL.warn("{} It is tried again every few seconds.", e.getMessage());
            }
            detail = e.getMessage();
        }
    }

    private String host() {
        return portal.address().getAddress().getHostAddress();
    }
}
