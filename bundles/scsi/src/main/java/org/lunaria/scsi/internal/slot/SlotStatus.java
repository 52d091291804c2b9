package org.lunaria.scsi.internal.slot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.UnitHold;

/**
 * A snapshot of a slot for listings.
 *
 * @param state ATTACHED, DRAINING or DETACHED
 * @param detail why no backend is attached, or what failed last; empty if neither
 * @param inFlight operations with a backend that were not done at once
 * @param held operations that wait for one
 * @param swaps times that a backend was attached after the first
 * @param lastHoldMillis how long operations were held in the last of them
 * @param longestHoldMillis likewise, the longest
 * @param attachedSince when the attached backend was put in; empty without one
 * @param lastFailure the last operation that failed for good, if there was one
 * @param holds the last times in which operations were held, in their order
 * @param stall those of what is in flight that wait for too long
 * @param trouble what the attached backend says is in its way; empty if nothing, or without one
 */
public record SlotStatus(
        String state,
        String detail,
        int inFlight,
        int held,
        long swaps,
        long lastHoldMillis,
        long longestHoldMillis,
        long reads,
        long writes,
        long readBytes,
        long writtenBytes,
        long failures,
        Optional<Instant> attachedSince,
        Optional<SlotFailure> lastFailure,
        List<UnitHold> holds,
        Stall stall,
        String trouble) {}
