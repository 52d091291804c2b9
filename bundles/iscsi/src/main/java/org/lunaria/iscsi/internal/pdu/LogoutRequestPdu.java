package org.lunaria.iscsi.internal.pdu;

/** Logout Request (RFC 7143 11.14). */
public final class LogoutRequestPdu extends InitiatorPdu<LogoutRequestPdu> {
    private static final int REASON_MASK = 0x7F;
    private static final int CID_OFFSET = 20;

    public LogoutRequestPdu() {
        super(Opcode.LOGOUT_REQUEST);
    }

    @Override
    LogoutRequestPdu self() {
        return this;
    }

    /** A code of {@link LogoutReason}, or an unknown one. */
    public int reason() {
        return flags() & REASON_MASK;
    }

    public LogoutRequestPdu reason(int value) {
        return flags(flags() & ~REASON_MASK | value);
    }

    /** Connection identifier. */
    public int cid() {
        return getShort(CID_OFFSET);
    }

    public LogoutRequestPdu cid(int value) {
        return putShort(CID_OFFSET, value);
    }
}
