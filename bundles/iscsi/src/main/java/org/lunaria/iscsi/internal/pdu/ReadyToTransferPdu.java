package org.lunaria.iscsi.internal.pdu;

/** Ready To Transfer (RFC 7143 11.8). */
public final class ReadyToTransferPdu extends TargetPdu<ReadyToTransferPdu> {
    private static final int R2T_SN_OFFSET = 36;
    private static final int BUFFER_OFFSET_OFFSET = 40;
    private static final int DESIRED_DATA_TRANSFER_LENGTH_OFFSET = 44;

    public ReadyToTransferPdu() {
        super(Opcode.READY_TO_TRANSFER);
    }

    @Override
    ReadyToTransferPdu self() {
        return this;
    }

    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public ReadyToTransferPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }

    /** Number of the R2T among those of its command. */
    public long r2tSN() {
        return getInt(R2T_SN_OFFSET);
    }

    public ReadyToTransferPdu r2tSN(long value) {
        return putInt(R2T_SN_OFFSET, value);
    }

    public long bufferOffset() {
        return getInt(BUFFER_OFFSET_OFFSET);
    }

    public ReadyToTransferPdu bufferOffset(long value) {
        return putInt(BUFFER_OFFSET_OFFSET, value);
    }

    /** In bytes. */
    public long desiredDataTransferLength() {
        return getInt(DESIRED_DATA_TRANSFER_LENGTH_OFFSET);
    }

    public ReadyToTransferPdu desiredDataTransferLength(long value) {
        return putInt(DESIRED_DATA_TRANSFER_LENGTH_OFFSET, value);
    }
}
