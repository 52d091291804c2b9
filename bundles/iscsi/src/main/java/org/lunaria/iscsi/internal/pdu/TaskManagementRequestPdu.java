package org.lunaria.iscsi.internal.pdu;

/** Task Management Function Request (RFC 7143 11.5). */
public final class TaskManagementRequestPdu extends InitiatorPdu<TaskManagementRequestPdu> {
    private static final int FUNCTION_MASK = 0x7F;
    private static final int REF_CMD_SN_OFFSET = 32;
    private static final int EXP_DATA_SN_OFFSET = 36;

    public TaskManagementRequestPdu() {
        super(Opcode.TASK_MANAGEMENT_REQUEST);
    }

    @Override
    TaskManagementRequestPdu self() {
        return this;
    }

    /** A code of {@link TaskManagementFunction}, or an unknown one. */
    public int function() {
        return flags() & FUNCTION_MASK;
    }

    public TaskManagementRequestPdu function(int value) {
        return flags(flags() & ~FUNCTION_MASK | value);
    }

    /** The initiator task tag of the task that it is about. */
    public long referencedTaskTag() {
        return targetTransferTagField();
    }

    public TaskManagementRequestPdu referencedTaskTag(long tag) {
        return targetTransferTagField(tag);
    }

    /** CmdSN of the task that it is about. */
    public long refCmdSN() {
        return getInt(REF_CMD_SN_OFFSET);
    }

    public TaskManagementRequestPdu refCmdSN(long value) {
        return putInt(REF_CMD_SN_OFFSET, value);
    }

    public long expDataSN() {
        return getInt(EXP_DATA_SN_OFFSET);
    }

    public TaskManagementRequestPdu expDataSN(long value) {
        return putInt(EXP_DATA_SN_OFFSET, value);
    }
}
