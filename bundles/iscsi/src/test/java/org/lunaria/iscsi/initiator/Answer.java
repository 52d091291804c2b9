package org.lunaria.iscsi.initiator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A PDU of a target (RFC 7143 clause 11). A value; the arrays are not to be changed. */
public record Answer(byte[] header, byte[] data) {
    public static final int NOP_IN = 0x20;
    public static final int SCSI_RESPONSE = 0x21;
    public static final int TASK_MANAGEMENT_RESPONSE = 0x22;
    public static final int LOGIN_RESPONSE = 0x23;
    public static final int TEXT_RESPONSE = 0x24;
    public static final int DATA_IN = 0x25;
    public static final int LOGOUT_RESPONSE = 0x26;
    public static final int READY_TO_TRANSFER = 0x31;
    public static final int ASYNC_MESSAGE = 0x32;
    public static final int REJECT = 0x3F;

    public int opcode() {
        return header[0] & 0x3F;
    }

    public int flags() {
        return header[1] & 0xFF;
    }

    /** Of a SCSI Response, and of a Data-In with the S bit. */
    public int status() {
        return header[3] & 0xFF;
    }

    public int taskTag() {
        return word(16);
    }

    public int transferTag() {
        return word(20);
    }

    public int maxCmdSN() {
        return word(32);
    }

    public int octet(int at) {
        return header[at] & 0xFF;
    }

    public int unsignedShort(int at) {
        return ByteBuffer.wrap(header).getShort(at) & 0xFFFF;
    }

    public int word(int at) {
        return ByteBuffer.wrap(header).getInt(at);
    }

    /** Keys and values of a text. */
    public List<String> pairs() {
        String text = new String(data, StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }
}
