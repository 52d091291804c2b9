package org.lunaria.iscsi;

import java.time.Instant;
import java.util.List;

/**
 * A session (RFC 7143 4.1).
 *
 * @param id unique in this run of the appliance, short, for the drop command
 * @param initiator its iSCSI name
 * @param alias of the initiator, or empty
 * @param isid in hexadecimal
 * @param tsih target session identifying handle
 * @param target name of the target's configuration; empty for a discovery session
 * @param state number and name of the RFC (8.3), as Q3 LOGGED_IN
 * @param since login
 * @param tasks commands under way
 * @param commands received so far
 * @param dataInBytes sent so far
 * @param dataOutBytes received so far
 * @param parameters what the login agreed on, as Key=Value
 */
public record SessionStatus(
        String id,
        String initiator,
        String alias,
        String isid,
        int tsih,
        String target,
        String state,
        List<ConnectionStatus> connections,
        Instant since,
        int tasks,
        long commands,
        long dataInBytes,
        long dataOutBytes,
        List<String> parameters) {}
