package org.lunaria.isns.internal.registration;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;

/** A connection to a server. Confined to the thread of a {@link Registrar}; each call ends within a bounded time. */
public interface Exchange extends Closeable {

    /** A server that may be reached or not. */
    @FunctionalInterface
    interface Server {
        /** @throws IOException with one sentence on why it cannot be reached */
        Exchange connect() throws IOException;
    }

    /** Address of this end. */
    InetAddress localAddress();

    /**
     * Sends a request, and waits for its response, whatever its status.
     *
     * @param replace flag of the message
     * @throws IOException with one sentence on why there is none
     */
    Message call(Function function, boolean replace, List<Attribute> attributes) throws IOException;
}
