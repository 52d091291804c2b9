package org.lunaria.iscsi.internal.pdu;

/** Reject (RFC 7143 11.17). Its data segment is the header of the PDU that it is about. */
public final class RejectPdu extends TargetPdu<RejectPdu> {
    private static final int REASON_OFFSET = 2;
    private static final int DATA_SN_OFFSET = 36;

    public RejectPdu() {
        super(Opcode.REJECT);
    }

    @Override
    RejectPdu self() {
        return this;
    }

    /** A code of {@link RejectReason}. */
    public int reason() {
        return getByte(REASON_OFFSET);
    }

    public RejectPdu reason(int value) {
        return putByte(REASON_OFFSET, value);
    }

    public long dataSN() {
        return getInt(DATA_SN_OFFSET);
    }

    public RejectPdu dataSN(long value) {
        return putInt(DATA_SN_OFFSET, value);
    }
}
