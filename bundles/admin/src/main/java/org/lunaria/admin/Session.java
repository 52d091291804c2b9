package org.lunaria.admin;

import java.time.Instant;
import java.util.List;

/**
 * A session that an initiator logged in.
 *
 * @param id for {@link Sessions#drop}
 * @param initiator its iSCSI name
 * @param alias of the initiator, or empty
 * @param isid initiator's part of the session identifier, in hexadecimal digits
 * @param tsih target's part of it
 * @param target name of the target; empty for a discovery session
 * @param state number and name in RFC 7143 8.3, as Q3 LOGGED_IN
 * @param since login
 * @param tasks commands under way
 * @param commands received so far
 * @param parameters what the login agreed on, as Key=Value
 */
public record Session(
        String id,
        String initiator,
        String alias,
        String isid,
        int tsih,
        String target,
        String state,
        List<Connection> connections,
        Instant since,
        int tasks,
        long commands,
        long dataInBytes,
        long dataOutBytes,
        List<String> parameters) {}
