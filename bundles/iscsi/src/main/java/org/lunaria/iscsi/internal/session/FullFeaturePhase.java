package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.InitiatorPdu;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TextRequestPdu;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * The full feature phase of a connection (RFC 7143 4.2.2.1, clause 11): puts commands in the order of their CmdSN, and
 * hands each PDU to who knows its kind. Confined to the connection's thread.
 */
final class FullFeaturePhase implements Phase {
    /**
     * A command that came before an earlier one. Bound: the command window.
     *
     * @param header a copy of BHS and AHS
     * @param data with a reference to its buffer
     */
    private record Early(ByteBuffer header, Region data) {}

    /** Stands for a command that will not come (RFC 7143 11.6.1, ABORT TASK of a task not received). */
    private static final Early VOID = new Early(ByteBuffer.allocate(0), Region.EMPTY);

    private final Connection connection;
    private final Session session;
    private final SessionRegistry sessions;
    private final Map<Long, Early> early = new HashMap<>();
    private final Rejections rejections;
    private final ScsiCommandRequests commands;
    private final DataOutRequests dataOuts;
    private final TaskManagementRequests managements;
    private final TextRequests texts;
    private final LogoutRequests logouts;
    private final NopRequests nops;

    private final ScsiCommandPdu commandPdu = new ScsiCommandPdu();
    private final TaskManagementRequestPdu managementPdu = new TaskManagementRequestPdu();
    private final TextRequestPdu textPdu = new TextRequestPdu();
    private final LogoutRequestPdu logoutPdu = new LogoutRequestPdu();
    private final NopOutPdu nopPdu = new NopOutPdu();

    FullFeaturePhase(Connection connection, Session session, SessionRegistry sessions, TextRequests texts) {
        this.connection = connection;
        this.session = session;
        this.sessions = sessions;
        this.texts = texts;
        this.rejections = new Rejections(session);
        this.commands = new ScsiCommandRequests(session, rejections);
        this.dataOuts = new DataOutRequests(session);
        this.managements = new TaskManagementRequests(session, sessions, this::skip);
        this.logouts = new LogoutRequests(connection, session, sessions);
        this.nops = new NopRequests(connection, session);
    }

    @Override
    public int dataSegmentBytesMax() {
        return session.parameters().targetMaxRecvDataSegmentLength();
    }

    @Override
    public void pdu(Optional<Opcode> opcode, ByteBuffer header, int at, Region data, boolean inPlace) {
        nops.heard();
        if (opcode.isEmpty()) {
            rejections.reject(RejectReason.COMMAND_NOT_SUPPORTED, header, at);
            return;
        }
        switch (opcode.get()) {
            case SCSI_COMMAND -> numbered(commandPdu.wrap(header, at), header, at, data);
            case TASK_MANAGEMENT_REQUEST -> numbered(managementPdu.wrap(header, at), header, at, data);
            case TEXT_REQUEST -> numbered(textPdu.wrap(header, at), header, at, data);
            case LOGOUT_REQUEST -> numbered(logoutPdu.wrap(header, at), header, at, data);
            case NOP_OUT -> numbered(nopPdu.wrap(header, at), header, at, data);
            case DATA_OUT -> dataOuts.take(header, at, data, inPlace);
            case SNACK_REQUEST -> rejections.reject(RejectReason.SNACK_REJECT, header, at);
            case LOGIN_REQUEST -> rejections.reject(RejectReason.PROTOCOL_ERROR, header, at);
            case NOP_IN,
                    SCSI_RESPONSE,
                    TASK_MANAGEMENT_RESPONSE,
                    LOGIN_RESPONSE,
                    TEXT_RESPONSE,
                    DATA_IN,
                    LOGOUT_RESPONSE,
                    READY_TO_TRANSFER,
                    ASYNC_MESSAGE,
                    REJECT -> rejections.reject(RejectReason.COMMAND_NOT_SUPPORTED, header, at);
        }
    }

    /**
     * Rejects it. Data-Out ends its task only (7.8). Any other PDU is lost, and with it a CmdSN that would have to be
     * retried on this connection, which error recovery level 0 does not do: so the session is to be recovered.
     */
    @Override
    public void dataDigestError(Optional<Opcode> opcode, ByteBuffer header, int at) {
        nops.heard();
        rejections.reject(RejectReason.DATA_DIGEST_ERROR, header, at);
        if (opcode.filter(Opcode.DATA_OUT::equals).isPresent()) {
            dataOuts.dropDamaged(header, at);
        } else {
            connection.closeWhenSent("the digest of a data segment does not match");
        }
    }

    /** Does a request at its turn: at once when it is immediate or next; kept when it is early; else ignored. */
    private void numbered(InitiatorPdu<?> pdu, ByteBuffer header, int at, Region data) {
        CommandWindow window = session.window();
        if (pdu.immediate()) {
            perform(header, at, data);
        } else if (pdu.cmdSN() == window.expCmdSN() && window.contains(pdu.cmdSN())) {
            window.advance();
            perform(header, at, data);
            performEarly();
        } else if (window.contains(pdu.cmdSN())) {
            keep(pdu.cmdSN(), header, at, data);
        }
    }

    private void perform(ByteBuffer header, int at, Region data) {
        switch (Pdu.opcode(header, at).orElseThrow()) {
            case SCSI_COMMAND -> commands.take(commandPdu.wrap(header, at), header, at, data);
            case TASK_MANAGEMENT_REQUEST -> managements.take(managementPdu.wrap(header, at));
            case TEXT_REQUEST -> texts.take(textPdu.wrap(header, at), data, rejections, header, at);
            case LOGOUT_REQUEST -> logouts.take(logoutPdu.wrap(header, at));
            case NOP_OUT -> nops.take(nopPdu.wrap(header, at), data);
            case DATA_OUT,
                    SNACK_REQUEST,
                    LOGIN_REQUEST,
                    NOP_IN,
                    SCSI_RESPONSE,
                    TASK_MANAGEMENT_RESPONSE,
                    LOGIN_RESPONSE,
                    TEXT_RESPONSE,
                    DATA_IN,
                    LOGOUT_RESPONSE,
                    READY_TO_TRANSFER,
                    ASYNC_MESSAGE,
                    REJECT -> throw new IllegalStateException("not a numbered request");
        }
    }

    private void keep(long cmdSN, ByteBuffer header, int at, Region data) {
        if (early.containsKey(cmdSN)) {
            return;
        }
        byte[] copy = new byte[Framing.BHS_BYTES + Pdu.ahsBytes(header, at)];
        header.get(at, copy);
        early.put(cmdSN, new Early(ByteBuffer.wrap(copy), data.length() == 0 ? Region.EMPTY : session.keep(data)));
    }

    private void performEarly() {
        if (early.isEmpty()) {
            return;
        }
        CommandWindow window = session.window();
        // What came early behind a logout is not done: nobody would end its tasks any more.
        while (!session.isClosed() && early.containsKey(window.expCmdSN())) {
            Early next = early.remove(window.expCmdSN());
            window.advance();
            if (next != VOID) {
                perform(next.header(), 0, next.data());
                release(next);
            }
        }
    }

    /** Considers a command received that has not come and is not to come any more. False when it did, or cannot. */
    private boolean skip(long cmdSN) {
        if (!session.window().contains(cmdSN)) {
            return false;
        }
        Early skipped = early.put(cmdSN, VOID);
        if (skipped != null) {
            release(skipped);
        }
        performEarly();
        return true;
    }

    private static void release(Early command) {
        PooledBuffer buffer = command.data().buffer();
        if (buffer != null) {
            buffer.release();
        }
    }

    @Override
    public Optional<Region> destination(Optional<Opcode> opcode, ByteBuffer header, int at, int done) {
        return opcode.filter(Opcode.DATA_OUT::equals).flatMap(dataOut -> dataOuts.destination(header, at, done));
    }

    @Override
    public boolean expectsData() {
        return session.expectsData();
    }

    @Override
    public int underWay() {
        return session.underWay();
    }

    @Override
    public void drained() {
        session.drained();
    }

    @Override
    public void tick(long nanoTime) {
        nops.tick();
    }

    @Override
    public void closed() {
        early.values().forEach(FullFeaturePhase::release);
        early.clear();
        sessions.end(session);
    }

    @Override
    public String toString() {
        return connection.toString();
    }
}
