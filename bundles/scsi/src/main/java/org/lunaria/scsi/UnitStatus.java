package org.lunaria.scsi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a logical unit is and does at this moment: for listings, immutable.
 *
 * @param name of the unit, which is the volume's
 * @param backendId which backend it wants
 * @param servingId which backend it has, or empty
 * @param slot ATTACHED, DRAINING or DETACHED; LOST while nobody may use it because its reservations are lost, or what
 *     else it keeps
 * @param detail one sentence on why it is not ready, or empty
 * @param capacityBytes 0 while no backend was ever attached
 * @param blockBytes logical block length
 * @param serial unit serial number (VPD page 80h)
 * @param naa NAA identifier in hexadecimal digits (VPD page 83h)
 * @param readOnly whether the unit refuses to be written
 * @param inFlight backend operations under way
 * @param held operations that wait for a backend
 * @param stalled those of what is in flight that wait for ten seconds or longer
 * @param stalledMillis how long the oldest of them does
 * @param swaps times that a backend was attached after the first
 * @param lastHoldMillis how long operations were held in the last of them
 * @param longestHoldMillis likewise, the longest
 * @param holds the last times in which operations were held, in their order
 * @param attachedSince when it got the backend that it has; empty without one
 * @param lastFailure the last operation that its backend did not do, if there was one since the unit was started
 * @param reads operations done, likewise writes and so on
 * @param medium of a removable one STARTED, STOPPED or EJECTED; empty for one that cannot be removed
 * @param modes where initiators have made mode parameters others than the configuration says, or empty
 * @param space what it takes where its bytes are
 * @param operation on the whole medium that is under way, with how far it has come, or has failed; or empty
 * @param trouble what is in its backend's way, or what of its configuration the backend does not obey; or empty
 * @param copy how its copy to another backend goes, while there is to be one
 */
public record UnitStatus(
        String name,
        String backendId,
        String servingId,
        String slot,
        String detail,
        long capacityBytes,
        int blockBytes,
        String serial,
        String naa,
        boolean readOnly,
        int inFlight,
        int held,
        int stalled,
        long stalledMillis,
        long swaps,
        long lastHoldMillis,
        long longestHoldMillis,
        List<UnitHold> holds,
        Optional<Instant> attachedSince,
        Optional<UnitFailure> lastFailure,
        long reads,
        long writes,
        long readBytes,
        long writtenBytes,
        long failures,
        String medium,
        String modes,
        UnitSpace space,
        String operation,
        String trouble,
        Optional<CopyStatus> copy) {}
