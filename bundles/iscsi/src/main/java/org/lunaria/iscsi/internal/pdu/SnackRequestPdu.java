package org.lunaria.iscsi.internal.pdu;

/** SNACK Request (RFC 7143 11.16). */
public final class SnackRequestPdu extends InitiatorPdu<SnackRequestPdu> {
    private static final int TYPE_MASK = 0x0F;
    private static final int BEG_RUN_OFFSET = 40;
    private static final int RUN_LENGTH_OFFSET = 44;

    public SnackRequestPdu() {
        super(Opcode.SNACK_REQUEST);
    }

    @Override
    SnackRequestPdu self() {
        return this;
    }

    public int type() {
        return flags() & TYPE_MASK;
    }

    public SnackRequestPdu type(int value) {
        return flags(flags() & ~TYPE_MASK | value);
    }

    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public SnackRequestPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }

    public long begRun() {
        return getInt(BEG_RUN_OFFSET);
    }

    public SnackRequestPdu begRun(long value) {
        return putInt(BEG_RUN_OFFSET, value);
    }

    public long runLength() {
        return getInt(RUN_LENGTH_OFFSET);
    }

    public SnackRequestPdu runLength(long value) {
        return putInt(RUN_LENGTH_OFFSET, value);
    }
}
