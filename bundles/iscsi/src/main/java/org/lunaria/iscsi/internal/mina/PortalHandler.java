package org.lunaria.iscsi.internal.mina;

import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.lunaria.event.EventKind;
import org.lunaria.iscsi.internal.session.PortalGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What MINA tells about the connections of one portal. Called on the I/O threads. */
final class PortalHandler extends IoHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(PortalHandler.class);

    private final PortalGroup group;
    private final int connectionsMax;

    PortalHandler(PortalGroup group, int connectionsMax) {
        this.group = group;
        this.connectionsMax = connectionsMax;
    }

    PortalGroup group() {
        return group;
    }

    @Override
    public void sessionOpened(IoSession session) {
        if (session.getService().getManagedSessionCount() > connectionsMax) {
            EventKind.LOGIN_REFUSED.warn(
                    "portal {}: {} is sent away, there are {} connections already",
                    group.portal().name(),
                    session.getRemoteAddress(),
                    connectionsMax);
            session.closeNow();
        }
    }

    @Override
    public void sessionClosed(IoSession session) {
        SocketWire wire = SocketWire.of(session);
        if (wire != null) {
            wire.sessionClosed();
        }
    }

    @Override
    public void exceptionCaught(IoSession session, Throwable cause) {
        LOG.debug("portal {}: {}", group.portal().name(), cause.toString());
        session.closeNow();
    }
}
