package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementRequestPdu;
import org.lunaria.iscsi.internal.pdu.TaskManagementResponseCode;

/**
 * TASK REASSIGN (RFC 7143 7.2.2, 11.5): a task of a connection that was lost goes on on the one that asks. Data that the
 * initiator has is not sent again, data that it was asked for is asked for anew; an answer that was lost comes with a StatSN
 * of this connection. Confined to the session's thread.
 */
final class TaskReassignment {
    private final SessionConnection connection;
    private final Session session;

    TaskReassignment(SessionConnection connection) {
        this.connection = connection;
        this.session = connection.session();
    }

    /** What is to be done after the response. */
    record Outcome(TaskManagementResponseCode code, Runnable then) {
        static Outcome refused(TaskManagementResponseCode code) {
            return new Outcome(code, () -> {});
        }
    }

    Outcome perform(TaskManagementRequestPdu request) {
        if (!session.connections().areRecovered()) {
            return Outcome.refused(TaskManagementResponseCode.TASK_ALLEGIANCE_REASSIGNMENT_NOT_SUPPORTED);
        }
        long tag = request.referencedTaskTag();
        long expDataSN = request.expDataSN();
        ScsiTask task = session.tasks().find(tag);
        if (task == null) {
            return session.connections()
                    .lostWithAnswer(tag)
                    .map(from -> answerAgain(from, tag, expDataSN))
                    .orElse(Outcome.refused(TaskManagementResponseCode.TASK_DOES_NOT_EXIST));
        }
        if (!task.connection().isGone()) {
            return Outcome.refused(TaskManagementResponseCode.TASK_STILL_ALLEGIANT);
        }
        Optional<SentTransfer> sent = take(task.connection(), tag);
        if (!prepare(sent, tag, expDataSN)) {
            task.cancel();
            return Outcome.refused(TaskManagementResponseCode.FUNCTION_REJECTED);
        }
        return new Outcome(
                TaskManagementResponseCode.FUNCTION_COMPLETE,
                () -> task.reassign(connection, sent.filter(SentTransfer::isOfDataIn)));
    }

    private Outcome answerAgain(SessionConnection from, long tag, long expDataSN) {
        SentPdu status = from.replay().flatMap(replay -> replay.statusOf(tag)).orElseThrow();
        Optional<SentTransfer> sent = take(from, tag);
        from.replay().ifPresent(replay -> replay.forgetStatus(status));
        if (!prepare(sent, tag, expDataSN)) {
            return Outcome.refused(TaskManagementResponseCode.FUNCTION_REJECTED);
        }
        return new Outcome(TaskManagementResponseCode.FUNCTION_COMPLETE, () -> {
            sent.ifPresent(transfer ->
                    transfer.sent().stream().filter(each -> !each.status()).forEach(connection.responses()::repeat));
            ByteBuffer header = status.headerCopy();
            new DataInPdu().wrap(header, 0).statSN(connection.responses().takeStatSN());
            SentPdu again = status.withHeader(header);
            connection.replay().ifPresent(replay -> replay.addStatus(again));
            connection.responses().repeat(again);
        });
    }

    private static Optional<SentTransfer> take(SessionConnection from, long tag) {
        return from.replay().flatMap(replay -> replay.release(tag));
    }

    /** Makes ready what is to be sent again. False when that is not there any more. */
    private boolean prepare(Optional<SentTransfer> sent, long tag, long expDataSN) {
        if (sent.isEmpty() || !sent.get().isOfDataIn()) {
            return true;
        }
        SentTransfer transfer = sent.get();
        if (transfer.isIncomplete() || !transfer.acknowledge(expDataSN)) {
            return false;
        }
        int segmentBytes = connection.parameters().initiatorMaxRecvDataSegmentLength() & ~3;
        if (transfer.sent().stream().anyMatch(each -> each.data().length > segmentBytes)) {
            if (transfer.sent().stream().anyMatch(SentPdu::status)) {
                return false;
            }
            transfer.resegment(segmentBytes, connection.parameters().maxBurstLength() & ~3);
        }
        connection.replay().ifPresent(replay -> replay.adopt(tag, transfer));
        return true;
    }
}
