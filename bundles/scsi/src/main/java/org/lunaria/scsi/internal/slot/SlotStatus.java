package org.lunaria.scsi.internal.slot;

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
        Stall stall,
        String trouble) {}
