package org.lunaria.iscsi.internal.pdu;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The additional header segments of a SCSI Command (RFC 7143 11.2.2). A value; the array is not to be changed.
 *
 * @param valid whether the segments fill their space exactly, each at most once, none of an unknown type
 * @param cdb the whole CDB: that of the basic header, and its extension
 * @param bidirectional whether a Bidirectional Read Expected Data Transfer Length is there
 */
public record AdditionalHeaders(boolean valid, byte[] cdb, boolean bidirectional) {
    /** AHSLength and AHSType, and the byte behind them that the length counts (11.2.2.1). */
    private static final int PREFIX_BYTES = 3;

    private static final int EXTENDED_CDB = 1;
    private static final int BIDIRECTIONAL_READ_LENGTH = 2;
    private static final int BIDIRECTIONAL_AHS_LENGTH = 5;

    static AdditionalHeaders parse(byte[] basicCdb, byte[] segments) {
        ByteBuffer bytes = ByteBuffer.wrap(segments);
        byte[] cdb = basicCdb;
        boolean bidirectional = false;
        while (bytes.hasRemaining()) {
            int length = bytes.getShort() & 0xFFFF;
            int type = bytes.get();
            int next = bytes.position() + length + Framing.padding(PREFIX_BYTES + length);
            if (length == 0 || next > bytes.limit()) {
                return new AdditionalHeaders(false, basicCdb, false);
            }
            if (type == EXTENDED_CDB && cdb == basicCdb) {
                cdb = Arrays.copyOf(basicCdb, basicCdb.length + length - 1);
                bytes.get(bytes.position() + 1, cdb, basicCdb.length, length - 1);
            } else if (type == BIDIRECTIONAL_READ_LENGTH && !bidirectional && length == BIDIRECTIONAL_AHS_LENGTH) {
                bidirectional = true;
            } else {
                return new AdditionalHeaders(false, basicCdb, false);
            }
            bytes.position(next);
        }
        return new AdditionalHeaders(true, cdb, bidirectional);
    }
}
