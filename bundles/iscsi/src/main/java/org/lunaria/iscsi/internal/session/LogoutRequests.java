package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.LogoutResponsePdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;

/**
 * Logout (RFC 7143 11.14, 11.15): of the session, of a connection, or of one that is to be recovered on another. Confined to
 * the connection's thread.
 */
final class LogoutRequests {
    /** How long the answer to a logout of the session waits at most, like that to task management. */
    static final int CLEANUP_SECONDS = 10;

    private final SessionConnection connection;
    private final Session session;
    private final SessionConnections connections;
    private final LogoutResponsePdu pdu = new LogoutResponsePdu();

    LogoutRequests(SessionConnection connection) {
        this.connection = connection;
        this.session = connection.session();
        this.connections = session.connections();
    }

    void take(LogoutRequestPdu request, Rejections rejections, ByteBuffer header, int at) {
        Optional<LogoutReason> reason = LogoutReason.of(request.reason());
        if (reason.isEmpty()) {
            rejections.reject(RejectReason.INVALID_PDU_FIELD, header, at);
            return;
        }
        switch (reason.get()) {
            case CLOSE_SESSION -> closeSession(request);
            case CLOSE_CONNECTION -> closeConnection(request);
            case REMOVE_CONNECTION_FOR_RECOVERY -> removeForRecovery(request);
        }
    }

    private void closeSession(LogoutRequestPdu request) {
        connection.connection().happens(ConnectionState.Event.LOGOUT_CAME);
        connections.leave(connection);
        endSession(request.initiatorTaskTag());
    }

    /**
     * Ends the session, which its last connection has left. The answer says that nothing of what was under way can happen any
     * more (11.15.1), so that whoever logs in next, under another name or identifier too, finds what stays.
     */
    private void endSession(long tag) {
        session.logLogout();
        session.end(ConnectionState.Event.SESSION_CLOSED, "its session was logged out");
        AtomicBoolean answered = new AtomicBoolean();
        session.ended()
                .thenRunAsync(
                        () -> {
                            if (!answered.getAndSet(true)) {
                                respondAndClose(tag);
                            }
                        },
                        session.thread());
        if (!answered.get()) {
            session.thread().after(CLEANUP_SECONDS, () -> {
                if (!answered.getAndSet(true)) {
                    respond(tag, LogoutResponseCode.CLEANUP_FAILED);
                    connection.connection().closeWhenSent(ConnectionState.Event.LOGOUT_FAILED);
                }
            });
        }
    }

    /** The session goes on as long as it has a connection. What is under way on the one that goes is aborted before the answer. */
    private void closeConnection(LogoutRequestPdu request) {
        long tag = request.initiatorTaskTag();
        int cid = request.cid();
        if (cid == connection.cid()) {
            connection.connection().happens(ConnectionState.Event.LOGOUT_CAME);
            connections.leave(connection);
            if (connections.areThere() || connections.areLost()) {
                session.logLogout(connection);
                connections.abortTasks(connection, () -> respondAndClose(tag));
            } else {
                endSession(tag);
            }
            return;
        }
        Optional<SessionConnection> other = connections.find(cid);
        if (other.isPresent()) {
            session.logLogout(other.get());
            connections.leave(other.get());
            connections.abortTasks(other.get(), () -> respond(tag, LogoutResponseCode.CLOSED));
            other.get()
                    .connection()
                    .close(ConnectionState.Event.SESSION_CLOSED, "it was logged out on another connection");
        } else {
            respond(tag, connections.abandon(cid) ? LogoutResponseCode.CLOSED : LogoutResponseCode.CID_NOT_FOUND);
        }
    }

    /** Its tasks wait for being reassigned, as they do when it has been lost (7.2.2). */
    private void removeForRecovery(LogoutRequestPdu request) {
        if (!connections.areRecovered()) {
            respond(request.initiatorTaskTag(), LogoutResponseCode.RECOVERY_NOT_SUPPORTED);
            return;
        }
        boolean own = request.cid() == connection.cid();
        Optional<SessionConnection> other = connections.find(request.cid());
        if (own) {
            connection.connection().happens(ConnectionState.Event.LOGOUT_CAME);
            connections.lost(connection);
            respondAndClose(request.initiatorTaskTag());
            return;
        }
        other.ifPresent(gone -> {
            connections.lost(gone);
            gone.connection().close("it is removed for recovery");
        });
        boolean found = other.isPresent() || connections.isLost(request.cid());
        respond(request.initiatorTaskTag(), found ? LogoutResponseCode.CLOSED : LogoutResponseCode.CID_NOT_FOUND);
    }

    private void respondAndClose(long tag) {
        respond(tag, LogoutResponseCode.CLOSED);
        connection.connection().closeWhenSent(ConnectionState.Event.LOGOUT_DONE);
    }

    private void respond(long tag, LogoutResponseCode code) {
        if (connection.connection().state().isOver()) {
            return;
        }
        Parameters parameters = connection.parameters();
        connection
                .responses()
                .append(pdu)
                .response(code.code())
                .initiatorTaskTag(tag)
                .time2Wait(parameters.defaultTime2Wait())
                .time2Retain(parameters.defaultTime2Retain());
        connection.responses().numberStatus(pdu);
    }
}
