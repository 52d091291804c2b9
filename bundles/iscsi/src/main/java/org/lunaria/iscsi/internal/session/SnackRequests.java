package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.RejectReason;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.pdu.SnackRequestPdu;

/**
 * SNACK Requests (RFC 7143 11.16): sends again what an initiator has missed, from ErrorRecoveryLevel 1 on. What was not
 * sent, or was acknowledged, is a protocol error; what is not kept any more cannot be sent. While much waits to be sent
 * nothing is added to it, so that requests for much cannot pile it up. Confined to the session's thread.
 */
final class SnackRequests {
    /** Types (11.16.1). */
    private static final int DATA_OR_R2T = 0;

    private static final int STATUS = 1;
    private static final int DATA_ACK = 2;
    private static final int R_DATA = 3;

    private final SessionConnection connection;
    private final Rejections rejections;
    private final SnackRequestPdu pdu = new SnackRequestPdu();

    SnackRequests(SessionConnection connection, Rejections rejections) {
        this.connection = connection;
        this.rejections = rejections;
    }

    void take(ByteBuffer header, int at) {
        pdu.wrap(header, at);
        Optional<RejectReason> refusal =
                connection.replay().map(this::answer).orElse(Optional.of(RejectReason.SNACK_REJECT));
        refusal.ifPresent(reason -> rejections.reject(reason, header, at));
    }

    private Optional<RejectReason> answer(Replay replay) {
        if (pdu.type() == DATA_ACK) {
            return acknowledge(replay);
        }
        if (connection.isFull()) {
            return Optional.of(RejectReason.SNACK_REJECT);
        }
        return switch (pdu.type()) {
            case DATA_OR_R2T -> data(replay);
            case STATUS -> status(replay);
            case R_DATA -> resegmented(replay);
            default -> Optional.of(RejectReason.INVALID_PDU_FIELD);
        };
    }

    private Optional<RejectReason> data(Replay replay) {
        Optional<SentTransfer> transfer = replay.transfer(pdu.initiatorTaskTag());
        if (transfer.isEmpty()) {
            return Optional.of(RejectReason.PROTOCOL_ERROR);
        }
        boolean all = pdu.begRun() == 0 && pdu.runLength() == 0;
        Optional<List<SentPdu>> run =
                all ? Optional.of(transfer.get().sent()) : transfer.get().run(pdu.begRun(), pdu.runLength());
        if (run.isEmpty() || run.get().isEmpty()) {
            return Optional.of(transfer.get().isIncomplete() ? RejectReason.SNACK_REJECT : RejectReason.PROTOCOL_ERROR);
        }
        run.get().forEach(connection.responses()::repeat);
        return Optional.empty();
    }

    private Optional<RejectReason> status(Replay replay) {
        boolean all = pdu.begRun() == 0 && pdu.runLength() == 0;
        Optional<List<SentPdu>> run =
                all ? Optional.of(replay.statuses()) : replay.statuses(pdu.begRun(), pdu.runLength());
        if (run.isEmpty()) {
            return Optional.of(RejectReason.PROTOCOL_ERROR);
        }
        run.get().forEach(connection.responses()::repeat);
        return Optional.empty();
    }

    /** The tag is that of the task, as {@link DataInStream} gives it. */
    private Optional<RejectReason> acknowledge(Replay replay) {
        boolean sent = pdu.initiatorTaskTag() == Pdu.RESERVED_TAG
                && replay.acknowledgeData(pdu.targetTransferTag(), pdu.begRun());
        return sent ? Optional.empty() : Optional.of(RejectReason.INVALID_DATA_ACK);
    }

    /** Sends the data of a task anew, cut as the initiator wants it now; its status follows in a SCSI Response (11.16.3). */
    private Optional<RejectReason> resegmented(Replay replay) {
        Optional<SentTransfer> found = replay.transfer(pdu.initiatorTaskTag());
        long snackTag = pdu.targetTransferTag();
        boolean data = found.filter(transfer -> transfer.sent().stream().allMatch(SentPdu::isDataIn))
                .isPresent();
        if (!data || snackTag == 0 || snackTag == Pdu.RESERVED_TAG) {
            return Optional.of(RejectReason.PROTOCOL_ERROR);
        }
        SentTransfer transfer = found.get();
        if (transfer.isIncomplete()) {
            return Optional.of(RejectReason.SNACK_REJECT);
        }
        transfer.resegment(
                connection.parameters().initiatorMaxRecvDataSegmentLength() & ~3,
                connection.parameters().maxBurstLength() & ~3);
        transfer.sent().forEach(connection.responses()::repeat);
        ScsiTask task = connection.session().tasks().find(pdu.initiatorTaskTag());
        if (task != null) {
            task.resegmented(transfer.next(), snackTag);
        } else {
            replay.statusOf(pdu.initiatorTaskTag()).ifPresent(status -> {
                SentPdu response = response(status, transfer.next(), snackTag);
                replay.replaceStatus(status, response);
                connection.responses().repeat(response);
            });
        }
        return Optional.empty();
    }

    /** The status of a task in a SCSI Response of its own, under the same StatSN. */
    private static SentPdu response(SentPdu status, long expDataSN, long snackTag) {
        ByteBuffer header =
                status.opcode() == Opcode.SCSI_RESPONSE ? status.headerCopy() : responseHeader(status.asDataIn());
        new ScsiResponsePdu().wrap(header, 0).snackTag(snackTag).expDataSN(expDataSN);
        byte[] sense = status.opcode() == Opcode.SCSI_RESPONSE ? status.data() : new byte[0];
        return new SentPdu(header, sense, true);
    }

    private static ByteBuffer responseHeader(DataInPdu last) {
        ByteBuffer header = ByteBuffer.allocate(Framing.BHS_BYTES);
        new ScsiResponsePdu()
                .create(header, 0)
                .isFinal(true)
                .status(last.scsiStatus())
                .initiatorTaskTag(last.initiatorTaskTag())
                .statSN(last.statSN())
                .residualOverflow(last.residualOverflow())
                .residualUnderflow(last.residualUnderflow())
                .residualCount(last.residualCount());
        return header;
    }
}
