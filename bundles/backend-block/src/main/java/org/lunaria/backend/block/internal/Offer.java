package org.lunaria.backend.block.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.lunaria.backend.BlockBackend;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers a backend as a service while its device is there: its logical unit then holds what comes, as for any backend that
 * goes, and says that it is gone. A device that is gone is looked at once a second, by a thread that is there meanwhile.
 * Thread-safe.
 */
final class Offer implements AutoCloseable {

    private static final long LOOK_MILLIS = 1000;

    private final DeviceBackend backend;
    private final Supplier<ServiceRegistration<BlockBackend>> register;
    private final AtomicBoolean withdrawn = new AtomicBoolean();

    /** Empty while withdrawn. @GuardedBy this */
    private Optional<ServiceRegistration<BlockBackend>> registration;

    /** @GuardedBy this */
    private boolean closed;

    /**
     * Offers it.
     *
     * @param register makes a service of it
     */
    Offer(DeviceBackend backend, Supplier<ServiceRegistration<BlockBackend>> register) {
        this.backend = backend;
        this.register = register;
        registration = Optional.of(register.get());
    }

    /** The device is gone. Never blocks. */
    void withdraw() {
        if (withdrawn.compareAndSet(false, true)) {
            Thread thread = new Thread(this::offerAgainWhenThere, "block-gone");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The end of it; the backend is its owner's to close. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        unregister();
    }

    private synchronized void offerAgainWhenThere() {
        unregister();
        while (!closed && backend.isGone()) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                // Nobody interrupts it; the end is told by closed.
            }
        }
        if (!closed) {
            withdrawn.set(false);
            registerAgain();
        }
    }

    private void registerAgain() {
        try {
            registration = Optional.of(register.get());
        } catch (IllegalStateException e) {
            // The bundle stops just now, and its component ends next.
            closed = true;
        }
    }

    private void unregister() {
        registration.ifPresent(ServiceRegistration::unregister);
        registration = Optional.empty();
    }
}
