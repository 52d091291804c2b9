package org.lunaria.iscsi;

import org.lunaria.scsi.Latency;

/**
 * What a session has done since its login: for whoever measures, immutable.
 *
 * @param id of {@link SessionStatus#id}
 * @param initiator its iSCSI name
 * @param target name of the target's configuration; empty for a discovery session
 * @param tasks commands under way
 * @param commands received so far
 * @param dataInBytes sent so far
 * @param dataOutBytes received so far
 * @param latency of the commands that have ended, from when a unit took them in until they were answered
 */
public record SessionTraffic(
        String id,
        String initiator,
        String target,
        int tasks,
        long commands,
        long dataInBytes,
        long dataOutBytes,
        Latency latency) {}
