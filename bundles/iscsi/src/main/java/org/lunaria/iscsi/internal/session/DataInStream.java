package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Share;

/**
 * The Data-In PDUs of one task (RFC 7143 11.7): data is read right behind the place of its header, or for large amounts
 * into a buffer of its own; it is cut at the initiator's MaxRecvDataSegmentLength and at MaxBurstLength. The last PDU is
 * held back until the task goes on or ends, because it may carry the status. Confined to the session's thread.
 */
final class DataInStream {
    /** Data up to this size lies in the shared chunk, behind its header. */
    private static final int INLINE_BYTES_MAX = 32 * 1024;

    private SessionConnection connection;
    private final ScsiCommand command;
    private final Share share;
    private DataInPdu pdu;

    private PooledBuffer lent;
    private int lentFrom;
    private int lentHeader;

    private PooledBuffer held;
    private int heldFrom;
    private int heldLength;
    private int heldHeader;

    private long dataSN;
    private long bufferOffset;
    private int burstBytes;

    /** @param share that its buffers count for */
    DataInStream(SessionConnection connection, ScsiCommand command, Share share) {
        this.connection = connection;
        this.command = command;
        this.share = share;
        this.pdu = connection.dataInPdu();
    }

    /** PDUs sent. */
    long dataSN() {
        return dataSN;
    }

    /**
     * Goes on over another connection.
     *
     * @param sent what is sent again first
     */
    void reassign(SessionConnection to, Optional<SentTransfer> sent) {
        connection = to;
        pdu = to.dataInPdu();
        // The room before the data may not fit the other framing.
        heldHeader = -1;
        lentHeader = -1;
        sent.ifPresent(transfer -> {
            goOnWith(transfer.next());
            transfer.sent().forEach(to.responses()::repeat);
        });
        if (held != null) {
            sendAllButTheLast();
        }
    }

    /** What was sent was numbered anew. */
    void goOnWith(long nextDataSN) {
        dataSN = nextDataSN;
    }

    /** A buffer for the next bytes, the caller's until {@link #send} or {@link #discard}. */
    ByteBuffer lend(int length) {
        Framing framing = connection.responses().framing();
        int headerBytes = framing.headerBytes(0);
        if (length <= INLINE_BYTES_MAX && length <= segmentBytesMax()) {
            IoBuffers buffers = connection.buffers();
            lentHeader = buffers.claim(headerBytes + length + framing.trailerBytes(length));
            lentFrom = lentHeader + headerBytes;
            lent = buffers.chunk();
            lent.retain();
        } else {
            lentHeader = -1;
            lentFrom = 0;
            lent = connection.buffers().pool().take(length, share);
        }
        return lent.slice(lentFrom, length);
    }

    void discard() {
        if (lent != null) {
            lent.release();
            lent = null;
        }
    }

    /** Sends the first {@code length} bytes of what was lent: all PDUs but the last. */
    void send(int length) {
        if (length == 0) {
            discard();
            return;
        }
        releaseHeld(false);
        held = lent;
        heldFrom = lentFrom;
        heldHeader = lentHeader;
        heldLength = length;
        lent = null;
        sendAllButTheLast();
    }

    private void sendAllButTheLast() {
        for (int most = pieceBytesMax(); heldLength > most; most = pieceBytesMax()) {
            int rest = heldLength - most;
            heldHeader = -1;
            heldLength = most;
            emit(false);
            heldFrom += most;
            heldLength = rest;
        }
    }

    /** Whether a PDU is held that can carry the status. */
    boolean holds() {
        return held != null;
    }

    /** Sends the held PDU with the status GOOD, as the last of its task. */
    void finishGood(long residual) {
        DataInPdu last = emit(true);
        connection.responses().numberStatus(last);
        last.status(true);
        if (residual > 0) {
            last.residualUnderflow(true).residualCount(residual);
        } else if (residual < 0) {
            last.residualOverflow(true).residualCount(-residual);
        }
        release();
    }

    /** Sends the held PDU, if there is one; a SCSI Response follows when {@code last}. */
    void releaseHeld(boolean last) {
        if (held != null) {
            emit(last);
            release();
        }
    }

    /** The task is gone: what is held is not sent. */
    void cancel() {
        if (held != null) {
            release();
        }
    }

    private void release() {
        held.release();
        held = null;
    }

    private int segmentBytesMax() {
        return connection.parameters().initiatorMaxRecvDataSegmentLength() & ~3;
    }

    private int pieceBytesMax() {
        Parameters parameters = connection.parameters();
        return Math.min(segmentBytesMax(), (parameters.maxBurstLength() & ~3) - burstBytes);
    }

    /** Appends the held PDU to the output. */
    private DataInPdu emit(boolean last) {
        Responses responses = connection.responses();
        if (heldHeader >= 0) {
            responses.append(pdu, held, heldHeader, heldLength);
        } else {
            responses.append(pdu);
        }
        burstBytes += heldLength;
        boolean ends = last || burstBytes >= (connection.parameters().maxBurstLength() & ~3);
        pdu.isFinal(ends)
                .dataSegmentBytes(heldLength)
                .initiatorTaskTag(command.initiatorTaskTag())
                .targetTransferTag(Pdu.RESERVED_TAG)
                .dataSN(dataSN)
                .bufferOffset(bufferOffset);
        if (connection.recoversWithin() && ends && !last) {
            // What is acknowledged need not be kept (11.7.2). The task's own tag does for both.
            pdu.acknowledge(true).lun(command.lun()).targetTransferTag(command.initiatorTaskTag());
        }
        responses.numberCommands(pdu);
        if (heldHeader < 0) {
            responses.appendData(held, heldFrom, heldLength);
        }
        burstBytes = ends ? 0 : burstBytes;
        dataSN = SerialNumber.plus(dataSN, 1);
        bufferOffset += heldLength;
        connection.session().sentData(heldLength);
        return pdu;
    }
}
