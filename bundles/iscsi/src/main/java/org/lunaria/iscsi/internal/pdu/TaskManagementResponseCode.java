package org.lunaria.iscsi.internal.pdu;

/** Responses to task management (RFC 7143 11.6.1; FUNCTION_SUCCEEDED RFC 7144 4.3). */
public enum TaskManagementResponseCode {
    FUNCTION_COMPLETE(0),
    TASK_DOES_NOT_EXIST(1),
    LUN_DOES_NOT_EXIST(2),
    TASK_STILL_ALLEGIANT(3),
    TASK_ALLEGIANCE_REASSIGNMENT_NOT_SUPPORTED(4),
    TASK_MANAGEMENT_FUNCTION_NOT_SUPPORTED(5),
    FUNCTION_AUTHORIZATION_FAILED(6),
    FUNCTION_SUCCEEDED(7),
    FUNCTION_REJECTED(255);

    private final int code;

    TaskManagementResponseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
