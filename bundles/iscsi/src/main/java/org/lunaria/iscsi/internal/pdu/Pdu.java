package org.lunaria.iscsi.internal.pdu;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The basic header segment (RFC 7143 11.2.1): what all PDUs share, and the access to a flyweight's bytes.
 *
 * @param <P> the flyweight itself, so that setters chain
 */
public abstract sealed class Pdu<P extends Pdu<P>> permits InitiatorPdu, TargetPdu {
    /** An initiator task tag or target transfer tag that stands for none. */
    public static final long RESERVED_TAG = 0xFFFFFFFFL;

    static final int IMMEDIATE_BIT = 0x40;
    static final int FINAL_BIT = 0x80;

    private static final int OPCODE_OFFSET = 0;
    private static final int FLAGS_OFFSET = 1;
    private static final int TOTAL_AHS_LENGTH_OFFSET = 4;
    private static final int DATA_SEGMENT_LENGTH_OFFSET = 4;
    private static final int LUN_OFFSET = 8;
    private static final int INITIATOR_TASK_TAG_OFFSET = 16;
    private static final int OPCODE_MASK = 0x3F;
    private static final int TARGET_TRANSFER_TAG_OFFSET = 20;

    private final Opcode opcode;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;

    Pdu(Opcode opcode) {
        this.opcode = opcode;
    }

    abstract P self();

    /** Reads, and changes, the header that begins at an offset; position and limit of the buffer do not matter. */
    public final P wrap(ByteBuffer bytes, int at) {
        buffer = bytes;
        offset = at;
        return self();
    }

    /** Begins a new header at an offset: 48 zeroes, the operation code, and the F bit where the PDU always has it. */
    public final P create(ByteBuffer bytes, int at) {
        wrap(bytes, at);
        for (int index = 0; index < Framing.BHS_BYTES; index += Long.BYTES) {
            buffer.putLong(offset + index, 0);
        }
        putByte(OPCODE_OFFSET, opcode.code());
        putByte(FLAGS_OFFSET, FINAL_BIT);
        return self();
    }

    /** The operation of a header at an offset, when there is one of that code. */
    public static Optional<Opcode> opcode(ByteBuffer bytes, int at) {
        return Opcode.of(bytes.get(at + OPCODE_OFFSET) & OPCODE_MASK);
    }

    /** The bytes of additional header segments that follow a header at an offset. */
    public static int ahsBytes(ByteBuffer bytes, int at) {
        return (bytes.get(at + TOTAL_AHS_LENGTH_OFFSET) & 0xFF) * Integer.BYTES;
    }

    /** The bytes of the data segment that belongs to a header at an offset. */
    public static int dataSegmentBytes(ByteBuffer bytes, int at) {
        return bytes.getInt(at + DATA_SEGMENT_LENGTH_OFFSET) & Framing.DATA_SEGMENT_BYTES_MAX;
    }

    /** The initiator task tag of a header at an offset. */
    public static long initiatorTaskTag(ByteBuffer bytes, int at) {
        return bytes.getInt(at + INITIATOR_TASK_TAG_OFFSET) & 0xFFFFFFFFL;
    }

    /** Bytes of additional header segments. */
    public final int ahsBytes() {
        return ahsBytes(buffer, offset);
    }

    /** @param bytes a multiple of four, at most {@link Framing#AHS_BYTES_MAX} */
    public final P ahsBytes(int bytes) {
        putByte(TOTAL_AHS_LENGTH_OFFSET, bytes / Integer.BYTES);
        return self();
    }

    /** Bytes of the data segment without padding. */
    public final int dataSegmentBytes() {
        return dataSegmentBytes(buffer, offset);
    }

    /** @param bytes at most {@link Framing#DATA_SEGMENT_BYTES_MAX} */
    public final P dataSegmentBytes(int bytes) {
        int ahs = getByte(TOTAL_AHS_LENGTH_OFFSET);
        putInt(DATA_SEGMENT_LENGTH_OFFSET, bytes);
        putByte(TOTAL_AHS_LENGTH_OFFSET, ahs);
        return self();
    }

    /** The eight bytes of the logical unit number, big-endian. */
    public final long lun() {
        return buffer.getLong(offset + LUN_OFFSET);
    }

    public final P lun(long lun) {
        buffer.putLong(offset + LUN_OFFSET, lun);
        return self();
    }

    public final long initiatorTaskTag() {
        return getInt(INITIATOR_TASK_TAG_OFFSET);
    }

    public final P initiatorTaskTag(long tag) {
        return putInt(INITIATOR_TASK_TAG_OFFSET, tag);
    }

    final long targetTransferTagField() {
        return getInt(TARGET_TRANSFER_TAG_OFFSET);
    }

    final P targetTransferTagField(long tag) {
        return putInt(TARGET_TRANSFER_TAG_OFFSET, tag);
    }

    final boolean flag(int bit) {
        return (flags() & bit) != 0;
    }

    final P flag(int bit, boolean set) {
        return flags(set ? flags() | bit : flags() & ~bit);
    }

    final int flags() {
        return getByte(FLAGS_OFFSET);
    }

    final P flags(int value) {
        return putByte(FLAGS_OFFSET, value);
    }

    final boolean opcodeBit(int bit) {
        return (getByte(OPCODE_OFFSET) & bit) != 0;
    }

    final P opcodeBit(int bit, boolean set) {
        int value = getByte(OPCODE_OFFSET);
        return putByte(OPCODE_OFFSET, set ? value | bit : value & ~bit);
    }

    final int getByte(int field) {
        return buffer.get(offset + field) & 0xFF;
    }

    final P putByte(int field, int value) {
        buffer.put(offset + field, (byte) value);
        return self();
    }

    final int getShort(int field) {
        return buffer.getShort(offset + field) & 0xFFFF;
    }

    final P putShort(int field, int value) {
        buffer.putShort(offset + field, (short) value);
        return self();
    }

    final long getInt(int field) {
        return buffer.getInt(offset + field) & 0xFFFFFFFFL;
    }

    final P putInt(int field, long value) {
        buffer.putInt(offset + field, (int) value);
        return self();
    }

    final byte[] getBytes(int field, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset + field, bytes);
        return bytes;
    }

    final P putBytes(int field, byte[] bytes, int length) {
        buffer.put(offset + field, bytes, 0, length);
        return self();
    }

    final void copyBytes(int field, byte[] into, int at, int length) {
        buffer.get(offset + field, into, at, length);
    }
}
