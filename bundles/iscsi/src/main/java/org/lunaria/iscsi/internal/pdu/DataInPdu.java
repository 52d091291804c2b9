package org.lunaria.iscsi.internal.pdu;

/** SCSI Data-In (RFC 7143 11.7). */
public final class DataInPdu extends TargetPdu<DataInPdu> {
    private static final int ACKNOWLEDGE_BIT = 0x40;
    private static final int OVERFLOW_BIT = 0x04;
    private static final int UNDERFLOW_BIT = 0x02;
    private static final int STATUS_BIT = 0x01;
    private static final int SCSI_STATUS_OFFSET = 3;
    private static final int DATA_SN_OFFSET = 36;
    private static final int BUFFER_OFFSET_OFFSET = 40;
    private static final int RESIDUAL_COUNT_OFFSET = 44;

    public DataInPdu() {
        super(Opcode.DATA_IN);
    }

    @Override
    DataInPdu self() {
        return this;
    }

    public boolean acknowledge() {
        return flag(ACKNOWLEDGE_BIT);
    }

    public DataInPdu acknowledge(boolean set) {
        return flag(ACKNOWLEDGE_BIT, set);
    }

    public boolean residualOverflow() {
        return flag(OVERFLOW_BIT);
    }

    public DataInPdu residualOverflow(boolean set) {
        return flag(OVERFLOW_BIT, set);
    }

    public boolean residualUnderflow() {
        return flag(UNDERFLOW_BIT);
    }

    public DataInPdu residualUnderflow(boolean set) {
        return flag(UNDERFLOW_BIT, set);
    }

    /** The S bit: the PDU carries the status, and is the last of its command. */
    public boolean status() {
        return flag(STATUS_BIT);
    }

    public DataInPdu status(boolean set) {
        return flag(STATUS_BIT, set);
    }

    public int scsiStatus() {
        return getByte(SCSI_STATUS_OFFSET);
    }

    public DataInPdu scsiStatus(int value) {
        return putByte(SCSI_STATUS_OFFSET, value);
    }

    /** Reserved unless the A bit is set. */
    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public DataInPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }

    /** Number of the PDU among those of its command. */
    public long dataSN() {
        return getInt(DATA_SN_OFFSET);
    }

    public DataInPdu dataSN(long value) {
        return putInt(DATA_SN_OFFSET, value);
    }

    public long bufferOffset() {
        return getInt(BUFFER_OFFSET_OFFSET);
    }

    public DataInPdu bufferOffset(long value) {
        return putInt(BUFFER_OFFSET_OFFSET, value);
    }

    public long residualCount() {
        return getInt(RESIDUAL_COUNT_OFFSET);
    }

    public DataInPdu residualCount(long value) {
        return putInt(RESIDUAL_COUNT_OFFSET, value);
    }
}
