package org.lunaria.iscsi.internal.login;

/**
 * The fields of a Login Request PDU that a login is decided by (RFC 7143 11.12). Nobody changes the arrays.
 *
 * @param transit the T bit: the initiator is ready to leave the current stage
 * @param continues the C bit: the text goes on in the next request
 * @param currentStage CSG, 0 to 3
 * @param nextStage NSG, 0 to 3; without meaning unless {@code transit}
 * @param isid six bytes
 * @param tsih 0 for a new session
 * @param initiatorTaskTag unsigned
 * @param cid connection identifier
 * @param cmdSN unsigned
 * @param expStatSN unsigned
 * @param data the data segment without padding
 */
public record LoginRequest(
        boolean transit,
        boolean continues,
        int currentStage,
        int nextStage,
        int versionMax,
        int versionMin,
        byte[] isid,
        int tsih,
        long initiatorTaskTag,
        int cid,
        long cmdSN,
        long expStatSN,
        byte[] data) {}
