package org.lunaria.scsi.internal.slot;

/**
 * A snapshot of a slot for listings.
 *
 * @param state ATTACHED, DRAINING or DETACHED
 * @param detail why no backend is attached, or what failed last; empty if neither
 * @param inFlight operations with the backend
 * @param held operations that wait for one
 * @param swaps times that a backend was attached after the first
 */
public record SlotStatus(
        String state,
        String detail,
        int inFlight,
        int held,
        long swaps,
        long reads,
        long writes,
        long readBytes,
        long writtenBytes,
        long failures) {}
