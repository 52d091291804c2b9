package org.lunaria.iscsi.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Null at ErrorRecoveryLevel 0. */
    private final Replay replay;

    private final ScsiResponses scsiResponses;
    private final AsyncMessages asyncMessages;
    private final List<ScsiTask> senders = new ArrayList<>();
    private final DataInPdu dataInPdu = new DataInPdu();
    private final ReadyToTransferPdu readyToTransferPdu = new ReadyToTransferPdu();
    private boolean left;
    private boolean gone;
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
        this.replay = parameters.errorRecoveryLevel() > 0 ? new Replay() : null;
        this.responses = new Responses(wire(), session.window(), session, parameters.framing(), statSN, replay);
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

    /** For the log: whose connection it is. */
    String name() {
        return session.connections().leading() == this
                ? session.name()
                : "connection %d (%s) of %s".formatted(cid(), Addresses.text(wire().peerAddress()), session.name());
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

    /** What it has sent and may have to send again; empty at ErrorRecoveryLevel 0. */
    Optional<Replay> replay() {
        return Optional.ofNullable(replay);
    }

    /** Whether faults within a connection are mended on it (ErrorRecoveryLevel 1, 7.1.4). */
    boolean recoversWithin() {
        return replay != null;
    }

    /** The initiator has every status before this number. */
    void acknowledge(long expStatSN) {
        if (replay != null) {
            replay.acknowledge(expStatSN, responses.nextStatSN(0));
        }
    }

    ScsiResponses scsiResponses() {
        return scsiResponses;
    }

    /** Hands on what a unit tells. */
    void scsiEvent(long lun, byte[] sense) {
        asyncMessages.scsiEvent(lun, sense);
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
        asyncMessages.dropsConnection(cid(), session.connections().retainSeconds());
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

    /** It is not the session's any more: what comes on it, as before its logout is answered, is ignored. */
    void leave() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    /** It is lost, and its tasks wait for another: nothing is sent on it any more. */
    void lose() {
        gone = true;
    }

    /** Nothing more is sent on it: no buffer of what was is held. */
    void closed() {
        if (replay != null) {
            replay.close();
        }
    }

    /** Whether it is lost, so that its tasks wait to be reassigned. */
    boolean isGone() {
        return gone;
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
        if (!gone && !isFull()) {
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
        if (gone) {
            return;
        }
        List<ScsiTask> ready = List.copyOf(senders);
        senders.clear();
        ready.forEach(ScsiTask::drained);
        session.retryWaiting();
    }
}
