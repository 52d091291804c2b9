package org.lunaria.iscsi.internal.session;

import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.LogoutResponsePdu;

/** Logout (RFC 7143 11.14, 11.15) of a session with one connection. Confined to the connection's thread. */
final class LogoutRequests {
    private final Connection connection;
    private final Session session;
    private final SessionRegistry sessions;
    private final LogoutResponsePdu pdu = new LogoutResponsePdu();

    LogoutRequests(Connection connection, Session session, SessionRegistry sessions) {
        this.connection = connection;
        this.session = session;
        this.sessions = sessions;
    }

    void take(LogoutRequestPdu request) {
        LogoutResponseCode response = response(request);
        if (response == LogoutResponseCode.CLOSED) {
            connection.happens(ConnectionState.Event.LOGOUT_CAME);
            sessions.end(session);
        }
        session.responses()
                .append(pdu)
                .response(response.code())
                .initiatorTaskTag(request.initiatorTaskTag())
                .time2Wait(session.parameters().defaultTime2Wait())
                .time2Retain(session.parameters().defaultTime2Retain());
        session.responses().numberStatus(pdu);
        if (response == LogoutResponseCode.CLOSED) {
            session.logLogout();
            connection.closeWhenSent(ConnectionState.Event.LOGOUT_DONE);
        }
    }

    private LogoutResponseCode response(LogoutRequestPdu request) {
        Optional<LogoutReason> reason = LogoutReason.of(request.reason());
        if (reason.isEmpty()) {
            return LogoutResponseCode.CLEANUP_FAILED;
        }
        return switch (reason.get()) {
            case CLOSE_SESSION -> LogoutResponseCode.CLOSED;
            case CLOSE_CONNECTION ->
                request.cid() == session.outcome().cid() ? LogoutResponseCode.CLOSED : LogoutResponseCode.CID_NOT_FOUND;
            // Error recovery level 0 knows no recovery of connections.
            case REMOVE_CONNECTION_FOR_RECOVERY -> LogoutResponseCode.RECOVERY_NOT_SUPPORTED;
        };
    }
}
