package org.lunaria.iscsi.internal.pdu;

/** Task Management Function Response (RFC 7143 11.6, with the Additional Response Information of RFC 7144 clause 6). */
public final class TaskManagementResponsePdu extends TargetPdu<TaskManagementResponsePdu> {
    private static final int RESPONSE_OFFSET = 2;

    /** Three bytes; the next one is reserved. */
    private static final int ADDITIONAL_INFORMATION_OFFSET = 8;

    public TaskManagementResponsePdu() {
        super(Opcode.TASK_MANAGEMENT_RESPONSE);
    }

    @Override
    TaskManagementResponsePdu self() {
        return this;
    }

    /** A code of {@link TaskManagementResponseCode}. */
    public int response() {
        return getByte(RESPONSE_OFFSET);
    }

    public TaskManagementResponsePdu response(int value) {
        return putByte(RESPONSE_OFFSET, value);
    }

    /** Additional Response Information: three bytes as one number. */
    public int additionalInformation() {
        return (int) (getInt(ADDITIONAL_INFORMATION_OFFSET) >> Byte.SIZE);
    }

    public TaskManagementResponsePdu additionalInformation(int value) {
        return putInt(ADDITIONAL_INFORMATION_OFFSET, (long) value << Byte.SIZE);
    }
}
