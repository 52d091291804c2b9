package org.lunaria.scsi.internal.unit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskResult;

/** What an initiator got for a command: the data that came in, and the result. */
public record Answer(byte[] data, TaskResult result) {

    public ScsiStatus status() {
        return result.status();
    }

    public long residual() {
        return result.residual();
    }

    public byte[] sense() {
        return result.sense();
    }

    /** Sense key and additional sense code, looked up in the table. */
    public SenseCode code() {
        byte[] sense = result.sense();
        boolean fixed = sense[0] == 0x70 || sense[0] == (byte) 0xF0;
        int key = sense[fixed ? 2 : 1];
        int asc = sense[fixed ? 12 : 2] & 0xFF;
        int ascq = sense[fixed ? 13 : 3] & 0xFF;
        return Arrays.stream(SenseCode.values())
                .filter(code -> code.key().code() == key && code.asc() == asc && code.ascq() == ascq)
                .findFirst()
                .orElseThrow();
    }

    /** The INFORMATION field of fixed format sense data, which must be valid. */
    public long information() {
        if (result.sense()[0] != (byte) 0xF0) {
            throw new AssertionError("no INFORMATION");
        }
        return Integer.toUnsignedLong(ByteBuffer.wrap(result.sense()).getInt(3));
    }

    /** The field pointer of fixed format sense data: "CDB 2.5" or "list 8.7". */
    public String pointer() {
        byte[] sense = result.sense();
        if ((sense[15] & 0x88) != 0x88) {
            return "none";
        }
        int at = Short.toUnsignedInt(ByteBuffer.wrap(sense).getShort(16));
        return ((sense[15] & 0x40) != 0 ? "CDB " : "list ") + at + "." + (sense[15] & 7);
    }

    public ByteBuffer buffer() {
        return ByteBuffer.wrap(data);
    }
}
