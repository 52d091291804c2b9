package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.wire.PooledBuffer;

/**
 * What a connection has sent and its initiator has not acknowledged, from ErrorRecoveryLevel 1 on (RFC 7143 7.1.4): PDUs
 * with a status until ExpStatSN is beyond them, Data-In and R2T of a task until its status is, or a DataACK. Confined to the
 * session's thread.
 *
 * <p>A PDU is copied when the next one begins, since its header is filled in until then. Bounds: {@link #BYTES_MAX} of data,
 * beyond which the data of the task is given up that has it longest; {@link #STATUSES_MAX}.
 */
final class Replay {
    /** Twice what a task may have in the output and ahead. */
    static final long BYTES_MAX = 4L << 20;

    static final int STATUSES_MAX = 1024;

    private final Deque<SentPdu> statuses = new ArrayDeque<>();
    private final Map<Long, SentTransfer> transfers = new LinkedHashMap<>();
    private long bytes;

    /** The PDU that is being filled in, with a reference to its buffer; or null. */
    private PooledBuffer open;

    private int openAt;
    private byte[] openData = {};
    private boolean openStatus;
    private boolean closed;

    /** A PDU begins. */
    void begin(PooledBuffer buffer, int at) {
        finish();
        if (closed) {
            return;
        }
        buffer.retain();
        open = buffer;
        openAt = at;
    }

    /** Its data segment. */
    void data(PooledBuffer buffer, int from, int length) {
        openData = new byte[length];
        buffer.bytes().get(from, openData);
    }

    void data(byte[] data) {
        openData = data;
    }

    /** It uses up a StatSN. */
    void status() {
        openStatus = true;
    }

    /** Nothing more is sent. What was is kept. */
    void close() {
        finish();
        closed = true;
    }

    /** The last PDU is filled in. */
    void finish() {
        if (open == null) {
            return;
        }
        byte[] header = new byte[Framing.BHS_BYTES];
        open.bytes().get(openAt, header);
        open.release();
        open = null;
        SentPdu sent = new SentPdu(ByteBuffer.wrap(header), openData, openStatus);
        openData = new byte[0];
        openStatus = false;
        keep(sent);
    }

    private void keep(SentPdu sent) {
        if (sent.isNumbered()) {
            // A tag that is used again is that of another task, whose first PDU has the number 0.
            SentTransfer known = transfers.get(sent.initiatorTaskTag());
            if (known != null && sent.number() != known.next()) {
                forget(sent.initiatorTaskTag());
            }
            transfers
                    .computeIfAbsent(sent.initiatorTaskTag(), tag -> new SentTransfer())
                    .add(sent);
            bytes += sent.data().length;
            makeRoom();
        }
        if (sent.status()) {
            statuses.addLast(sent);
            if (statuses.size() > STATUSES_MAX) {
                forget(statuses.removeFirst().initiatorTaskTag());
            }
        }
    }

    private void makeRoom() {
        for (SentTransfer oldest : transfers.values()) {
            if (bytes <= BYTES_MAX) {
                break;
            }
            bytes -= oldest.bytes();
            oldest.giveUp();
        }
    }

    /** The initiator has every status before this number. One that was not sent yet says nothing. */
    void acknowledge(long expStatSN, long nextStatSN) {
        if (SerialNumber.isBefore(nextStatSN, expStatSN)) {
            return;
        }
        finish();
        while (!statuses.isEmpty() && SerialNumber.isBefore(statuses.getFirst().statSN(), expStatSN)) {
            forget(statuses.removeFirst().initiatorTaskTag());
        }
    }

    private void forget(long initiatorTaskTag) {
        SentTransfer gone = transfers.remove(initiatorTaskTag);
        bytes -= gone == null ? 0 : gone.bytes();
    }

    /** What was sent of a task. */
    Optional<SentTransfer> transfer(long initiatorTaskTag) {
        finish();
        return Optional.ofNullable(transfers.get(initiatorTaskTag));
    }

    /** Everything before this number has come of a task (DataACK). False when that was not sent. */
    boolean acknowledgeData(long initiatorTaskTag, long number) {
        return transfer(initiatorTaskTag)
                .map(transfer -> {
                    long before = transfer.bytes();
                    boolean sent = transfer.acknowledge(number);
                    bytes -= before - transfer.bytes();
                    return sent;
                })
                .orElse(false);
    }

    /** The statuses of a run, or empty when one of them is not here. */
    Optional<List<SentPdu>> statuses(long begin, long length) {
        finish();
        List<SentPdu> run = new ArrayList<>();
        for (SentPdu each : statuses) {
            int at = SerialNumber.difference(each.statSN(), begin);
            if (at >= 0 && (length == 0 || at < length)) {
                run.add(each);
            }
        }
        return run.isEmpty() || length > 0 && run.size() < length ? Optional.empty() : Optional.of(run);
    }

    List<SentPdu> statuses() {
        finish();
        return List.copyOf(statuses);
    }

    /** The status of a task that has ended and was not acknowledged. */
    Optional<SentPdu> statusOf(long initiatorTaskTag) {
        return statuses().stream()
                .filter(each -> each.initiatorTaskTag() == initiatorTaskTag)
                .findFirst();
    }

    /** A status that another connection has sent, under a number of this one. */
    void addStatus(SentPdu status) {
        statuses.addLast(status);
    }

    void forgetStatus(SentPdu status) {
        statuses.remove(status);
    }

    /** Another PDU stands for a status from now on. */
    void replaceStatus(SentPdu old, SentPdu next) {
        List<SentPdu> all = new ArrayList<>(statuses);
        statuses.clear();
        all.forEach(each -> statuses.addLast(each == old ? next : each));
    }

    /** Takes what another connection has sent of a task. */
    void adopt(long initiatorTaskTag, SentTransfer transfer) {
        forget(initiatorTaskTag);
        transfers.put(initiatorTaskTag, transfer);
        bytes += transfer.bytes();
        makeRoom();
    }

    /** Hands over what was sent of a task, for another connection. */
    Optional<SentTransfer> release(long initiatorTaskTag) {
        Optional<SentTransfer> transfer = transfer(initiatorTaskTag);
        forget(initiatorTaskTag);
        return transfer;
    }
}
