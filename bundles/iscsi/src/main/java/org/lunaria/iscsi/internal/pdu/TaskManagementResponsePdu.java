package org.lunaria.iscsi.internal.pdu;

/** Task Management Function Response (RFC 7143 11.6). */
public final class TaskManagementResponsePdu extends TargetPdu<TaskManagementResponsePdu> {
    private static final int RESPONSE_OFFSET = 2;

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
}
