package org.lunaria.iscsi.internal.session;

import org.lunaria.iscsi.internal.pdu.AsyncMessagePdu;
import org.lunaria.iscsi.internal.pdu.Pdu;

/** Sends Asynchronous Messages (RFC 7143 11.9) on a connection. Confined to the session's thread. */
final class AsyncMessages {
    /** AsyncEvent (11.9.1). */
    private static final int SCSI_EVENT = 0;

    private static final int LOGOUT_REQUESTED = 1;

    private static final int CONNECTION_DROPPED = 2;
    private static final int ALL_CONNECTIONS_DROPPED = 3;

    private static final int SENSE_LENGTH_BYTES = 2;

    private final Responses responses;
    private final AsyncMessagePdu pdu = new AsyncMessagePdu();

    AsyncMessages(Responses responses) {
        this.responses = responses;
    }

    /** A unit has something to tell (SenseLength and sense data, 11.9.3). */
    void scsiEvent(long lun, byte[] sense) {
        byte[] data = new byte[SENSE_LENGTH_BYTES + sense.length];
        data[0] = (byte) (sense.length >> Byte.SIZE);
        data[1] = (byte) sense.length;
        System.arraycopy(sense, 0, data, SENSE_LENGTH_BYTES, sense.length);
        append(SCSI_EVENT, 0, 0, 0);
        pdu.lun(lun).dataSegmentBytes(data.length);
        responses.appendData(data);
    }

    /** Asks for a logout within some seconds. */
    void requestLogout(int seconds) {
        append(LOGOUT_REQUESTED, 0, 0, seconds);
    }

    /**
     * The target drops this connection; its initiator may come back at once.
     *
     * @param retainSeconds how long its tasks are kept; 0 when they are not
     */
    void dropsConnection(int cid, int retainSeconds) {
        append(CONNECTION_DROPPED, cid, 0, retainSeconds);
    }

    /** The target drops every connection of the session; its initiator may come back at once, and finds nothing kept. */
    void dropsAllConnections() {
        append(ALL_CONNECTIONS_DROPPED, 0, 0, 0);
    }

    private void append(int event, int parameter1, int parameter2, int parameter3) {
        responses
                .append(pdu)
                .isFinal(true)
                .initiatorTaskTag(Pdu.RESERVED_TAG)
                .asyncEvent(event)
                .parameter1(parameter1)
                .parameter2(parameter2)
                .parameter3(parameter3);
        responses.numberStatus(pdu);
    }
}
