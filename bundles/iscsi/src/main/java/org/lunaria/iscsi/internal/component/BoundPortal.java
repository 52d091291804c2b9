package org.lunaria.iscsi.internal.component;

import java.io.IOException;
import org.lunaria.iscsi.internal.node.Portal;

/** A portal whose socket listens. Thread-safe. */
interface BoundPortal extends AutoCloseable {

    /** Binds the socket. */
    @FunctionalInterface
    interface Binder {
        /** @throws IOException with one sentence on why it cannot listen, and what to do */
        BoundPortal bind(Portal portal) throws IOException;
    }

    /** That it really listens on. */
    int port();

    /** Open now, of those that came in by this socket. */
    int connections();

    /** Listens no more; connections that came in by it stay. */
    @Override
    void close();
}
