package org.lunaria.iscsi.internal.pdu;

/** Asynchronous Message (RFC 7143 11.9). */
public final class AsyncMessagePdu extends TargetPdu<AsyncMessagePdu> {
    private static final int ASYNC_EVENT_OFFSET = 36;
    private static final int ASYNC_V_CODE_OFFSET = 37;
    private static final int PARAMETER1_OFFSET = 38;
    private static final int PARAMETER2_OFFSET = 40;
    private static final int PARAMETER3_OFFSET = 42;

    public AsyncMessagePdu() {
        super(Opcode.ASYNC_MESSAGE);
    }

    @Override
    AsyncMessagePdu self() {
        return this;
    }

    public int asyncEvent() {
        return getByte(ASYNC_EVENT_OFFSET);
    }

    public AsyncMessagePdu asyncEvent(int value) {
        return putByte(ASYNC_EVENT_OFFSET, value);
    }

    public int asyncVCode() {
        return getByte(ASYNC_V_CODE_OFFSET);
    }

    public AsyncMessagePdu asyncVCode(int value) {
        return putByte(ASYNC_V_CODE_OFFSET, value);
    }

    public int parameter1() {
        return getShort(PARAMETER1_OFFSET);
    }

    public AsyncMessagePdu parameter1(int value) {
        return putShort(PARAMETER1_OFFSET, value);
    }

    public int parameter2() {
        return getShort(PARAMETER2_OFFSET);
    }

    public AsyncMessagePdu parameter2(int value) {
        return putShort(PARAMETER2_OFFSET, value);
    }

    public int parameter3() {
        return getShort(PARAMETER3_OFFSET);
    }

    public AsyncMessagePdu parameter3(int value) {
        return putShort(PARAMETER3_OFFSET, value);
    }
}
