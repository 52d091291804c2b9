package org.lunaria.iscsi.initiator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A PDU of an initiator, byte by byte (RFC 7143 clause 11): every field may be given any value, right or wrong. Shares no code
 * with the target. Confined to its thread.
 */
public final class Request {
    public static final int NOP_OUT = 0x00;
    public static final int SCSI_COMMAND = 0x01;
    public static final int TASK_MANAGEMENT_REQUEST = 0x02;
    public static final int LOGIN_REQUEST = 0x03;
    public static final int TEXT_REQUEST = 0x04;
    public static final int DATA_OUT = 0x05;
    public static final int LOGOUT_REQUEST = 0x06;
    public static final int SNACK_REQUEST = 0x10;

    public static final int IMMEDIATE = 0x40;
    public static final int FINAL = 0x80;
    public static final int READ = 0x40;
    public static final int WRITE = 0x20;
    public static final int SIMPLE = 0x01;
    public static final int RESERVED_TAG = 0xFFFFFFFF;

    private static final int BHS_BYTES = 48;

    private final ByteBuffer header = ByteBuffer.allocate(BHS_BYTES);
    private byte[] additional = {};
    private byte[] data = {};
    private int ahsWords = -1;
    private int dataBytes = -1;
    private int headerDigestFlip;
    private int dataDigestFlip;

    /** @param opcode with the I bit, if it is to be set; the F bit is */
    public Request(int opcode) {
        header.put(0, (byte) opcode).put(1, (byte) FINAL);
    }

    public Request flags(int flags) {
        header.put(1, (byte) flags);
        return this;
    }

    public Request lun(int lun) {
        header.putShort(8, (short) lun);
        return this;
    }

    public Request taskTag(int tag) {
        return word(16, tag);
    }

    public Request transferTag(int tag) {
        return word(20, tag);
    }

    public Request expectedBytes(int bytes) {
        return word(20, bytes);
    }

    public Request cmdSN(int number) {
        return word(24, number);
    }

    public Request expStatSN(int number) {
        return word(28, number);
    }

    public Request dataSN(int number) {
        return word(36, number);
    }

    public Request bufferOffset(int offset) {
        return word(40, offset);
    }

    /** Of a SNACK. */
    public Request run(int begin, int length) {
        return word(40, begin).word(44, length);
    }

    public Request cdb(byte... cdb) {
        header.put(32, Arrays.copyOf(cdb, 16));
        return this;
    }

    /** Any byte of the basic header. */
    public Request octet(int at, int value) {
        header.put(at, (byte) value);
        return this;
    }

    /** Any word of the basic header. */
    public Request word(int at, int value) {
        header.putInt(at, value);
        return this;
    }

    public Request data(byte... bytes) {
        data = bytes;
        return this;
    }

    /** Additional header segments, a multiple of four. */
    public Request additional(byte... segments) {
        additional = segments;
        return this;
    }

    /** Says that there is so much data, whatever is sent. */
    public Request claimDataBytes(int bytes) {
        dataBytes = bytes;
        return this;
    }

    /** Says that the additional headers are so long, whatever is sent. */
    public Request claimAdditionalWords(int words) {
        ahsWords = words;
        return this;
    }

    /** Sends digests that are wrong, where bits are given. */
    public Request damage(int headerBits, int dataBits) {
        headerDigestFlip = headerBits;
        dataDigestFlip = dataBits;
        return this;
    }

    /** As it goes over the wire. */
    public byte[] bytes(boolean headerDigest, boolean dataDigest) {
        header.putInt(4, dataBytes < 0 ? data.length : dataBytes);
        header.put(4, (byte) (ahsWords < 0 ? additional.length / 4 : ahsWords));
        byte[] headers = Arrays.copyOf(header.array(), BHS_BYTES + additional.length);
        System.arraycopy(additional, 0, headers, BHS_BYTES, additional.length);
        byte[] padded = Arrays.copyOf(data, padded(data.length));
        boolean digested = dataDigest && data.length > 0;
        ByteBuffer all =
                ByteBuffer.allocate(headers.length + (headerDigest ? 4 : 0) + padded.length + (digested ? 4 : 0));
        all.put(headers);
        if (headerDigest) {
            all.putInt(digest(headers) ^ headerDigestFlip);
        }
        all.put(padded);
        if (digested) {
            all.putInt(digest(padded) ^ dataDigestFlip);
        }
        return all.array();
    }

    static int padded(int bytes) {
        return (bytes + 3) / 4 * 4;
    }

    /** CRC32C, its four bytes in the order of the wire (13.1). */
    static int digest(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return Integer.reverseBytes((int) crc.getValue());
    }
}
