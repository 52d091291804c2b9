package org.lunaria.iscsi.internal.session;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.iscsi.ConnectionStatus;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.Wire;

/**
 * A connection as its session has it (RFC 7143 4.2.1, 4.2.3): what is sent on it and by which parameters. The data and the
 * answer of a task go over the connection that its command came on (connection allegiance). Confined to the session's
 * thread, but for {@link #status} and {@link #parameters()}.
 */
final class SessionConnection {
    private final Session session;
    private final Connection connection;
    private final LoginOutcome outcome;
    private final Responses responses;
    private final ScsiResponses scsiResponses;
    private final AsyncMessages asyncMessages;
    private final List<ScsiTask> senders = new ArrayList<>();
    private final DataInPdu dataInPdu = new DataInPdu();
    private final ReadyToTransferPdu readyToTransferPdu = new ReadyToTransferPdu();
    private volatile Parameters parameters;

    /**
     * @param outcome of its login, with all parameters that hold for it
     * @param statSN of the first response after the login
     */
    SessionConnection(Session session, Connection connection, LoginOutcome outcome, long statSN) {
        this.session = session;
        this.connection = connection;
        this.outcome = outcome;
        this.parameters = outcome.parameters();
        this.responses = new Responses(wire(), session.window(), session, parameters.framing(), statSN);
        this.scsiResponses = new ScsiResponses(responses);
        this.asyncMessages = new AsyncMessages(responses);
    }

    Session session() {
        return session;
    }

    Connection connection() {
        return connection;
    }

    LoginOutcome outcome() {
        return outcome;
    }

    int cid() {
        return outcome.cid();
    }

    /** A snapshot, for anybody. */
    ConnectionStatus status() {
        return new ConnectionStatus(
                cid(), Addresses.text(wire().peerAddress()), connection.state().toString());
    }

    Wire wire() {
        return connection.wire();
    }

    IoBuffers buffers() {
        return session.buffers();
    }

    Responses responses() {
        return responses;
    }

    ScsiResponses scsiResponses() {
        return scsiResponses;
    }

    /** Asks the initiator to log out within some seconds. */
    void requestLogout(int seconds) {
        if (connection.happens(ConnectionState.Event.LOGOUT_WANTED)) {
            asyncMessages.requestLogout(seconds);
        }
    }

    /** Closes it for cause, after a word about it. The session is the caller's. */
    void dismiss(String why) {
        if (!connection.state().isOver()) {
            asyncMessages.dropsAllConnections();
            connection.closeWhenSent(why);
        }
    }

    /** Closes it alone for cause, after a word about it. */
    void drop(String why) {
        asyncMessages.dropsConnection(cid(), session.retainSeconds());
        connection.closeWhenSent(why);
    }

    Parameters parameters() {
        return parameters;
    }

    void parameters(Parameters next) {
        parameters = next;
    }

    DataInPdu dataInPdu() {
        return dataInPdu;
    }

    ReadyToTransferPdu readyToTransferPdu() {
        return readyToTransferPdu;
    }

    /** The initiator was asked for data. */
    void solicited() {
        connection.readSolicited();
    }

    /** Whether so much waits to be sent that nobody should add to it. */
    boolean isFull() {
        return wire().output().isFull();
    }

    /** Whether a task may go on sending at once; if not, it is told by {@link ScsiTask#drained}. */
    boolean sendsOn(ScsiTask task) {
        if (!isFull()) {
            return true;
        }
        senders.add(task);
        return false;
    }

    void forget(ScsiTask task) {
        senders.remove(task);
    }

    /** There is room in the output again. */
    void drained() {
        List<ScsiTask> ready = List.copyOf(senders);
        senders.clear();
        ready.forEach(ScsiTask::drained);
        session.retryWaiting();
    }
}
