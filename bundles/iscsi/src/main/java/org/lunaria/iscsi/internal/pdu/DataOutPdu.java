package org.lunaria.iscsi.internal.pdu;

/** SCSI Data-Out (RFC 7143 11.7). */
public final class DataOutPdu extends InitiatorPdu<DataOutPdu> {
    private static final int DATA_SN_OFFSET = 36;
    private static final int BUFFER_OFFSET_OFFSET = 40;

    public DataOutPdu() {
        super(Opcode.DATA_OUT);
    }

    @Override
    DataOutPdu self() {
        return this;
    }

    /** The tag of the R2T that it answers; reserved for unsolicited data. */
    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public DataOutPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }

    /** Number of the PDU in its sequence. */
    public long dataSN() {
        return getInt(DATA_SN_OFFSET);
    }

    public DataOutPdu dataSN(long value) {
        return putInt(DATA_SN_OFFSET, value);
    }

    /** Where its bytes are in the data of the command. */
    public long bufferOffset() {
        return getInt(BUFFER_OFFSET_OFFSET);
    }

    public DataOutPdu bufferOffset(long value) {
        return putInt(BUFFER_OFFSET_OFFSET, value);
    }
}
