package org.lunaria.iscsi.internal.login;

import java.net.InetSocketAddress;
import java.util.List;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;

/**
 * Where a login takes place: made by the session layer for each connection. Its methods answer at once, on the
 * connection's thread.
 */
public interface LoginContext {

    /** The portal that the connection came in by. */
    Portal portal();

    /** Every portal that listens now, for TargetAddress. */
    List<Portal> portals();

    /** This end of the connection. */
    InetSocketAddress localAddress();

    /** The initiator's end of the connection. */
    InetSocketAddress peerAddress();

    /** The targets that may be named. */
    TargetDirectory targets();

    /** The accounts that initiators, and this node, prove themselves with. */
    AccountDirectory accounts();

    /** Counts the login that begins. False when there are too many from its address now. */
    boolean mayLogIn();
}
