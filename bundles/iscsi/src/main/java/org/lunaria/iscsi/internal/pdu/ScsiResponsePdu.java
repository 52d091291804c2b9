package org.lunaria.iscsi.internal.pdu;

/** SCSI Response (RFC 7143 11.4, RFC 7144 5.2). Its data segment is SenseLength, sense data, and response data. */
public final class ScsiResponsePdu extends TargetPdu<ScsiResponsePdu> {
    public static final int COMMAND_COMPLETED_AT_TARGET = 0x00;
    public static final int TARGET_FAILURE = 0x01;

    private static final int OVERFLOW_BIT = 0x04;
    private static final int UNDERFLOW_BIT = 0x02;
    private static final int RESPONSE_OFFSET = 2;
    private static final int STATUS_OFFSET = 3;
    private static final int STATUS_QUALIFIER_OFFSET = 8;
    private static final int EXP_DATA_SN_OFFSET = 36;
    private static final int RESIDUAL_COUNT_OFFSET = 44;

    public ScsiResponsePdu() {
        super(Opcode.SCSI_RESPONSE);
    }

    @Override
    ScsiResponsePdu self() {
        return this;
    }

    public boolean residualOverflow() {
        return flag(OVERFLOW_BIT);
    }

    public ScsiResponsePdu residualOverflow(boolean set) {
        return flag(OVERFLOW_BIT, set);
    }

    public boolean residualUnderflow() {
        return flag(UNDERFLOW_BIT);
    }

    public ScsiResponsePdu residualUnderflow(boolean set) {
        return flag(UNDERFLOW_BIT, set);
    }

    /** {@link #COMMAND_COMPLETED_AT_TARGET} or {@link #TARGET_FAILURE}. */
    public int response() {
        return getByte(RESPONSE_OFFSET);
    }

    public ScsiResponsePdu response(int value) {
        return putByte(RESPONSE_OFFSET, value);
    }

    /** SCSI status. */
    public int status() {
        return getByte(STATUS_OFFSET);
    }

    public ScsiResponsePdu status(int value) {
        return putByte(STATUS_OFFSET, value);
    }

    /** Status qualifier (SAM-5): 0 when there is no more to say. No meaning below protocol level 2. */
    public int statusQualifier() {
        return getShort(STATUS_QUALIFIER_OFFSET);
    }

    public ScsiResponsePdu statusQualifier(int value) {
        return putShort(STATUS_QUALIFIER_OFFSET, value);
    }

    /** Of the last R-Data SNACK of the command, or 0. */
    public long snackTag() {
        return targetTransferTagField();
    }

    public ScsiResponsePdu snackTag(long tag) {
        return targetTransferTagField(tag);
    }

    /** How many Data-In and R2T PDUs the command had. */
    public long expDataSN() {
        return getInt(EXP_DATA_SN_OFFSET);
    }

    public ScsiResponsePdu expDataSN(long value) {
        return putInt(EXP_DATA_SN_OFFSET, value);
    }

    public long residualCount() {
        return getInt(RESIDUAL_COUNT_OFFSET);
    }

    public ScsiResponsePdu residualCount(long value) {
        return putInt(RESIDUAL_COUNT_OFFSET, value);
    }
}
