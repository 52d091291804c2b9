package org.lunaria.iscsi.internal.wire;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.lunaria.iscsi.internal.pdu.Framing;

/**
 * One connection's bytes, as the session layer sees them: a socket, or what a test puts in its place. Confined to its
 * {@link #thread}, but for {@link #thread} and the addresses.
 */
public interface Wire {

    /** This end. */
    InetSocketAddress localAddress();

    /** The initiator's end. */
    InetSocketAddress peerAddress();

    /**
     * The I/O thread: runs what it is given in order, at once when called on it. What is queued is bounded by what is
     * under way: each task has one completion in it at most.
     */
    Executor thread();

    /** Runs something on the thread, but not within the present piece of work. */
    void later(Runnable work);

    /** What is to be sent. It leaves when the read event is over, or the executed piece of work. */
    Output output();

    /** The memory of this I/O thread. */
    IoBuffers buffers();

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
