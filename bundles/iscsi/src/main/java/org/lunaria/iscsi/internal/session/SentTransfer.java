package org.lunaria.iscsi.internal.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataInPdu;

/**
 * The Data-In or R2T PDUs of one task that the initiator has not acknowledged, in the order of their numbers. Confined to
 * the session's thread.
 */
final class SentTransfer {
    private final List<SentPdu> sent = new ArrayList<>();
    private long bytes;
    private long first;
    private boolean given;

    /** The number of the first that is here or, when none is, of the next one. */
    long first() {
        return first;
    }

    long next() {
        return SerialNumber.plus(first, sent.size());
    }

    long bytes() {
        return bytes;
    }

    List<SentPdu> sent() {
        return List.copyOf(sent);
    }

    boolean isOfDataIn() {
        return sent.stream().allMatch(SentPdu::isDataIn);
    }

    /** Whether something was given up that was not acknowledged. */
    boolean isIncomplete() {
        return given;
    }

    void add(SentPdu pdu) {
        sent.add(pdu);
        bytes += pdu.data().length;
    }

    /** Those of a run, or empty when one of them is not here. A length of 0 means all from the first on (11.16.7). */
    Optional<List<SentPdu>> run(long begin, long length) {
        int from = SerialNumber.difference(begin, first);
        long to = length == 0 ? sent.size() : from + length;
        return from < 0 || to > sent.size() || from >= to
                ? Optional.empty()
                : Optional.of(List.copyOf(sent.subList(from, (int) to)));
    }

    /** Everything before this number has come. False when that was not sent. */
    boolean acknowledge(long number) {
        int count = SerialNumber.difference(number, first);
        if (count < 0 || count > sent.size()) {
            return false;
        }
        sent.subList(0, count).forEach(each -> bytes -= each.data().length);
        sent.subList(0, count).clear();
        first = number;
        return true;
    }

    /** Gives up what it has, for want of memory. */
    void giveUp() {
        given |= !sent.isEmpty();
        first = next();
        sent.clear();
        bytes = 0;
    }

    /**
     * Cuts the data anew, for another MaxRecvDataSegmentLength (RFC 7143 11.16.3). What carried the status does not any
     * more.
     *
     * @param burstBytes MaxBurstLength
     */
    void resegment(int segmentBytes, int burstBytes) {
        if (sent.isEmpty()) {
            return;
        }
        SentPdu template = sent.get(0);
        long offset = template.asDataIn().bufferOffset();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        sent.forEach(each -> joined.writeBytes(each.data()));
        byte[] all = joined.toByteArray();
        sent.clear();
        for (int done = 0, inBurst = 0; done < all.length; ) {
            int length = Math.min(Math.min(segmentBytes, burstBytes - inBurst), all.length - done);
            inBurst += length;
            boolean ends = inBurst >= burstBytes || done + length == all.length;
            inBurst = ends ? 0 : inBurst;
            ByteBuffer header = template.headerCopy();
            new DataInPdu()
                    .wrap(header, 0)
                    .isFinal(ends)
                    .acknowledge(false)
                    .status(false)
                    .residualOverflow(false)
                    .residualUnderflow(false)
                    .residualCount(0)
                    .scsiStatus(0)
                    .statSN(0)
                    .dataSegmentBytes(length)
                    .dataSN(next())
                    .bufferOffset(offset + done);
            byte[] data = new byte[length];
            System.arraycopy(all, done, data, 0, length);
            sent.add(new SentPdu(header, data, false));
            done += length;
        }
    }
}
