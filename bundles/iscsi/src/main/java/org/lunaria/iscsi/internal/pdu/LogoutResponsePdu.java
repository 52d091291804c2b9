package org.lunaria.iscsi.internal.pdu;

/** Logout Response (RFC 7143 11.15). */
public final class LogoutResponsePdu extends TargetPdu<LogoutResponsePdu> {
    private static final int RESPONSE_OFFSET = 2;
    private static final int TIME2WAIT_OFFSET = 40;
    private static final int TIME2RETAIN_OFFSET = 42;

    public LogoutResponsePdu() {
        super(Opcode.LOGOUT_RESPONSE);
    }

    @Override
    LogoutResponsePdu self() {
        return this;
    }

    /** A code of {@link LogoutResponseCode}. */
    public int response() {
        return getByte(RESPONSE_OFFSET);
    }

    public LogoutResponsePdu response(int value) {
        return putByte(RESPONSE_OFFSET, value);
    }

    /** In seconds. */
    public int time2Wait() {
        return getShort(TIME2WAIT_OFFSET);
    }

    public LogoutResponsePdu time2Wait(int value) {
        return putShort(TIME2WAIT_OFFSET, value);
    }

    /** In seconds. */
    public int time2Retain() {
        return getShort(TIME2RETAIN_OFFSET);
    }

    public LogoutResponsePdu time2Retain(int value) {
        return putShort(TIME2RETAIN_OFFSET, value);
    }
}
