package org.lunaria.iscsi.internal.session;

import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.scsi.TaskResult;

/** Sends SCSI Response PDUs (RFC 7143 11.4). Confined to the session's thread. */
final class ScsiResponses {
    private static final int SENSE_LENGTH_BYTES = 2;

    private final Responses responses;
    private final ScsiResponsePdu pdu = new ScsiResponsePdu();

    ScsiResponses(Responses responses) {
        this.responses = responses;
    }

    /**
     * Sends a SCSI Response (RFC 7143 11.4).
     *
     * @param snackTag of the last R-Data SNACK of the command, or 0
     */
    void respond(long initiatorTaskTag, TaskResult result, long expDataSN, long snackTag) {
        byte[] sense = result.sense();
        responses.append(pdu);
        pdu.status(result.status().code())
                .initiatorTaskTag(initiatorTaskTag)
                .snackTag(snackTag)
                .expDataSN(expDataSN)
                .residualUnderflow(result.residual() > 0)
                .residualOverflow(result.residual() < 0)
                .residualCount(Math.abs(result.residual()));
        responses.numberStatus(pdu);
        if (sense.length > 0) {
            byte[] data = new byte[SENSE_LENGTH_BYTES + sense.length];
            data[0] = (byte) (sense.length >> Byte.SIZE);
            data[1] = (byte) sense.length;
            System.arraycopy(sense, 0, data, SENSE_LENGTH_BYTES, sense.length);
            pdu.dataSegmentBytes(data.length);
            responses.appendData(data);
        }
    }
}
