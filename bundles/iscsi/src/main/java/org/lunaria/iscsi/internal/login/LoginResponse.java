package org.lunaria.iscsi.internal.login;

/**
 * The fields of a Login Response PDU that a login decides (RFC 7143 11.13); sequence numbers are the connection's. Nobody
 * changes the arrays.
 *
 * @param transit the T bit: the target agrees to go to {@code nextStage}
 * @param continues the C bit: the text goes on in the next response
 * @param currentStage CSG
 * @param nextStage NSG; 0 unless {@code transit}
 * @param isid that of the request
 * @param tsih of the session in the last response of a login, else that of the request
 * @param data the data segment without padding, not longer than the initiator may be sent now
 */
public record LoginResponse(
        boolean transit,
        boolean continues,
        int currentStage,
        int nextStage,
        int versionMax,
        int versionActive,
        byte[] isid,
        int tsih,
        long initiatorTaskTag,
        int statusClass,
        int statusDetail,
        byte[] data) {

    /** Whether the connection is to be closed when this has been sent: any status but success (RFC 7143 6.3). */
    public boolean ends() {
        return statusClass != 0;
    }

    LoginResponse withTsih(int made) {
        return new LoginResponse(
                transit,
                continues,
                currentStage,
                nextStage,
                versionMax,
                versionActive,
                isid,
                made,
                initiatorTaskTag,
                statusClass,
                statusDetail,
                data);
    }

    /** The same answer as a refusal, which says nothing but why, and with a redirect where to. */
    LoginResponse refusing(LoginStatus status, byte[] said) {
        return new LoginResponse(
                false,
                false,
                currentStage,
                0,
                versionMax,
                versionActive,
                isid,
                tsih,
                initiatorTaskTag,
                status.statusClass(),
                status.statusDetail(),
                said);
    }
}
