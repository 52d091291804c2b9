package org.lunaria.iscsi.internal.wire;

import java.net.InetSocketAddress;
import org.lunaria.iscsi.internal.pdu.Framing;

/**
 * One connection's bytes, as the session layer sees them: a socket, or what a test puts in its place. Confined to its
 * {@link #thread}, but for the addresses.
 */
public interface Wire {

    /** This end. */
    InetSocketAddress localAddress();

    /** The initiator's end. */
    InetSocketAddress peerAddress();

    /** The I/O thread that the connection is on now. */
    IoThread thread();

    /** Runs something on the thread, but not within the present piece of work. */
    default void later(Runnable work) {
        thread().later(work);
    }

    /**
     * Hands the connection over to another thread, when what is in the output has been sent. Nothing is read meanwhile, and
     * no PDU may be half there. {@link #thread}, {@link #buffers} and {@link #output} are others then.
     *
     * @param then runs on that thread when the connection is there; never, when it was closed before
     */
    void moveTo(IoThread other, Runnable then);

    /** What is to be sent. It leaves when the read event is over, or the executed piece of work. */
    Output output();

    /** The memory of the I/O thread. */
    default IoBuffers buffers() {
        return thread().buffers();
    }

    /** Stops or goes on taking bytes from the initiator. */
    void reading(boolean on);

    /** How PDUs from the initiator are framed from the next one on. */
    void framing(Framing framing);

    /** Sends now what the socket takes, for who has put much into the output. */
    void flush();

    /** Closes the connection when what is in the output has been sent, at the latest some seconds from now. */
    void closeWhenSent();

    /** Closes the connection at once. {@link WireListener#closed} follows, not before this returns. */
    void close();
}
