package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.pdu.AdditionalHeaders;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Share;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;

/** Takes SCSI Command PDUs (RFC 7143 11.3) and makes tasks of them. Confined to the session's thread. */
final class ScsiCommandRequests {
    /** Immediate commands that may be under way beside the command window. */
    private static final int IMMEDIATE_COMMANDS_MAX = 16;

    /** By the values of the ATTR field (11.3.1); what is beyond is reserved. */
    private static final TaskAttribute[] ATTRIBUTES = {
        TaskAttribute.SIMPLE,
        TaskAttribute.SIMPLE,
        TaskAttribute.ORDERED,
        TaskAttribute.HEAD_OF_QUEUE,
        TaskAttribute.ACA
    };

    private final SessionConnection connection;
    private final Session session;
    private final Rejections rejections;

    ScsiCommandRequests(SessionConnection connection, Rejections rejections) {
        this.connection = connection;
        this.session = connection.session();
        this.rejections = rejections;
    }

    void take(ScsiCommandPdu pdu, ByteBuffer header, int at, Region data) {
        Optional<RejectReason> refusal = refusal(pdu, data.length());
        if (refusal.isPresent()) {
            rejections.reject(refusal.get(), header, at);
            return;
        }
        long bytes = pdu.expectedDataTransferLength();
        ScsiCommand command = new ScsiCommand(
                pdu.lun(),
                pdu.initiatorTaskTag(),
                ATTRIBUTES[pdu.attribute()],
                pdu.cdb(),
                pdu.read() ? bytes : 0,
                pdu.write() ? bytes : 0);
        Share share = session.share(command.lun());
        Optional<TaskResult> failure = failure(command, share, data, pdu.isFinal());
        Optional<Region> immediate = data.length() == 0 || failure.isPresent()
                ? Optional.empty()
                : Optional.of(session.buffers().keep(data, share));
        session.receivedData(data.length());
        session.inflow().came(unaskedBytes(command, data, pdu.isFinal()));
        ScsiTask task = new ScsiTask(connection, command, share, immediate, !pdu.isFinal());
        if (failure.isPresent()) {
            disown(data, share);
            session.refuse(task, failure.get());
        } else {
            session.submit(task);
        }
    }

    /** Where the data segment of a command goes that did not come in one piece: nowhere when it is going to be refused. */
    Optional<Region> destination(ScsiCommandPdu pdu, int bytes) {
        if (session.target().isEmpty()) {
            return Optional.empty();
        }
        Share share = session.share(pdu.lun());
        BufferPool pool = session.buffers().pool();
        return Optional.of(
                pool.mayKeep(share)
                        ? new Region(pool.take(bytes, share), 0, bytes)
                        : session.buffers().sink(bytes));
    }

    private int unaskedBytes(ScsiCommand command, Region data, boolean isFinal) {
        return isFinal
                ? data.length()
                : (int) Math.min(command.dataOutBytes(), connection.parameters().firstBurstLength());
    }

    /** Data that came with a refused command, and was kept for its unit, has been of no use to that. */
    private void disown(Region data, Share share) {
        if (isKept(data, share)) {
            BufferPool pool = session.buffers().pool();
            pool.putDown(data.buffer(), pool.nobody());
        }
    }

    /** Whether {@link #destination} has let its unit have memory for data. */
    private boolean isKept(Region data, Share share) {
        return data.length() > 0
                && share != session.buffers().pool().nobody()
                && data.buffer().countsFor(share);
    }

    /** What makes the PDU one that no task can be made of. */
    private Optional<RejectReason> refusal(ScsiCommandPdu pdu, int immediateBytes) {
        if (session.target().isEmpty()) {
            return Optional.of(RejectReason.COMMAND_NOT_SUPPORTED);
        }
        if (session.isRevoked()) {
            return Optional.of(RejectReason.WAITING_FOR_LOGOUT);
        }
        if (session.tasks().find(pdu.initiatorTaskTag()) != null) {
            return Optional.of(RejectReason.TASK_IN_PROGRESS);
        }
        if (pdu.immediate() && session.tasks().size() >= session.window().commands() + IMMEDIATE_COMMANDS_MAX) {
            return Optional.of(RejectReason.IMMEDIATE_COMMAND_REJECT);
        }
        if (pdu.attribute() >= ATTRIBUTES.length || pdu.read() && pdu.write()) {
            return Optional.of(RejectReason.INVALID_PDU_FIELD);
        }
        if (pdu.ahsBytes() > 0) {
            AdditionalHeaders additional = pdu.additionalHeaders();
            if (!additional.valid() || additional.bidirectional()) {
                return Optional.of(RejectReason.INVALID_PDU_FIELD);
            }
        }
        boolean dataWithoutWrite = !pdu.write() && (immediateBytes > 0 || !pdu.isFinal());
        boolean forbiddenUnsolicited = !pdu.isFinal() && connection.parameters().initialR2T();
        return dataWithoutWrite || forbiddenUnsolicited ? Optional.of(RejectReason.PROTOCOL_ERROR) : Optional.empty();
    }

    /** What the transport answers itself: what is wrong with the data of a command, or that there is no memory for it. */
    private Optional<TaskResult> failure(ScsiCommand command, Share share, Region data, boolean isFinal) {
        Parameters parameters = connection.parameters();
        if (data.length() > 0 && !parameters.immediateData()) {
            return Optional.of(TransportSense.UNEXPECTED_UNSOLICITED_DATA.result(session, command.lun()));
        }
        if (data.length() > Math.min(command.dataOutBytes(), parameters.firstBurstLength())) {
            return Optional.of(TransportSense.INCORRECT_AMOUNT_OF_DATA.result(session, command.lun()));
        }
        boolean more = data.length() > 0 && !isKept(data, share) || !isFinal;
        boolean noMemory = session.buffers().isLost(data)
                || more && !session.buffers().pool().mayKeep(share);
        return noMemory ? Optional.of(ScsiTask.NO_MEMORY) : Optional.empty();
    }
}
