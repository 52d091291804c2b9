package org.lunaria.iscsi.internal.mina;

import java.net.InetSocketAddress;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

/** A portal that listens. Thread-safe. */
public final class Listener implements AutoCloseable {
    private final NioSocketAcceptor acceptor;
    private final InetSocketAddress address;

    Listener(NioSocketAcceptor acceptor) {
        this.acceptor = acceptor;
        this.address = acceptor.getLocalAddress();
    }

    /** What it listens on, with the real port. */
    public InetSocketAddress address() {
        return address;
    }

    /** Connections that came in here and are open now. */
    public int connections() {
        return acceptor.getManagedSessionCount();
    }

    /** Stops listening. Returns when the port is free; connections stay. */
    @Override
    public void close() {
        acceptor.unbind();
        acceptor.dispose(false);
    }
}
