package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.InitiatorPdu;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TextRequestPdu;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * The full feature phase of a connection (RFC 7143 clause 11): hands each PDU to who knows its kind, those that have a
 * CmdSN when it is their turn. Confined to the connection's thread.
 */
final class FullFeaturePhase implements Phase, CommandOrder.Performer {
    private final SessionConnection connection;
    private final Session session;
    private final Rejections rejections;
    private final ScsiCommandRequests commands;
    private final DataOutRequests dataOuts;
    private final TaskManagementRequests managements;
    private final TextRequests texts;
    private final LogoutRequests logouts;
    private final SnackRequests snacks;
    private final NopRequests nops;

    private final ScsiCommandPdu commandPdu = new ScsiCommandPdu();
    private final TaskManagementRequestPdu managementPdu = new TaskManagementRequestPdu();
    private final TextRequestPdu textPdu = new TextRequestPdu();
    private final LogoutRequestPdu logoutPdu = new LogoutRequestPdu();
    private final NopOutPdu nopPdu = new NopOutPdu();

    FullFeaturePhase(SessionConnection connection, SessionRegistry sessions, TextRequests texts) {
        this.connection = connection;
        this.session = connection.session();
        this.texts = texts;
        this.rejections = new Rejections(connection);
        this.commands = new ScsiCommandRequests(connection, rejections);
        this.dataOuts = new DataOutRequests(connection);
        this.managements = new TaskManagementRequests(connection, sessions);
        this.logouts = new LogoutRequests(connection);
        this.snacks = new SnackRequests(connection, rejections);
        this.nops = new NopRequests(connection);
    }

    @Override
    public int dataSegmentBytesMax() {
        return connection.parameters().targetMaxRecvDataSegmentLength();
    }

    @Override
    public void pdu(Optional<Opcode> opcode, ByteBuffer header, int at, Region data, boolean inPlace) {
        if (connection.hasLeft()) {
            return;
        }
        nops.heard();
        connection.acknowledge(InitiatorPdu.expStatSN(header, at));
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
            case SNACK_REQUEST -> snacks.take(header, at);
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
     * Rejects it. Data-Out is asked for again, or ends its task (7.8). Any other PDU is lost, and with it a CmdSN: its
     * initiator sends it again from error recovery level 1 on; at level 0 the session is to be recovered.
     */
    @Override
    public void dataDigestError(Optional<Opcode> opcode, ByteBuffer header, int at) {
        if (connection.hasLeft()) {
            return;
        }
        nops.heard();
        rejections.reject(RejectReason.DATA_DIGEST_ERROR, header, at);
        if (opcode.filter(Opcode.DATA_OUT::equals).isPresent()) {
            dataOuts.dropDamaged(header, at);
        } else if (!connection.recoversWithin()) {
            connection.drop("the digest of a data segment does not match");
        }
    }

    private void numbered(InitiatorPdu<?> pdu, ByteBuffer header, int at, Region data) {
        session.order().take(pdu, header, at, data, connection, this);
    }

    @Override
    public void perform(ByteBuffer header, int at, Region data) {
        switch (Pdu.opcode(header, at).orElseThrow()) {
            case SCSI_COMMAND -> commands.take(commandPdu.wrap(header, at), header, at, data);
            case TASK_MANAGEMENT_REQUEST -> managements.take(managementPdu.wrap(header, at));
            case TEXT_REQUEST -> texts.take(textPdu.wrap(header, at), data, rejections, header, at);
            case LOGOUT_REQUEST -> logouts.take(logoutPdu.wrap(header, at), rejections, header, at);
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

    @Override
    public void follow(ByteBuffer header, Optional<Region> data) {
        dataOuts.follow(header, data);
    }

    @Override
    public Optional<Region> destination(Optional<Opcode> opcode, ByteBuffer header, int at, int done) {
        if (opcode.filter(Opcode.SCSI_COMMAND::equals).isPresent()) {
            return commands.destination(commandPdu.wrap(header, at), Pdu.dataSegmentBytes(header, at) - done);
        }
        return opcode.filter(Opcode.DATA_OUT::equals).flatMap(dataOut -> dataOuts.destination(header, at, done));
    }

    @Override
    public boolean expectsData() {
        return session.expectsData(connection);
    }

    @Override
    public int underWay() {
        return session.underWay();
    }

    @Override
    public void drained() {
        connection.drained();
    }

    @Override
    public void tick(long nanoTime) {
        nops.tick();
    }

    @Override
    public boolean closed() {
        session.connections().lost(connection);
        connection.closed();
        return connection.isGone();
    }

    @Override
    public String toString() {
        return connection.connection().toString();
    }
}
