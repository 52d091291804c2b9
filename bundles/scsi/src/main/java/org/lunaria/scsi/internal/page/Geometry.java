package org.lunaria.scsi.internal.page;

import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;

/**
 * A backend's profile in terms of logical blocks. Immutable.
 *
 * @param blockBytes logical block length
 * @param blockCount number of logical blocks; 0 while no backend was ever attached
 * @param physicalExponent logical blocks per physical block, as a power of two
 * @param optimalBlocks preferred length of a large transfer, or 0
 * @param unmapBlocks granularity of UNMAP; 0 without UNMAP
 * @param atomicBlocks the most that WRITE ATOMIC writes; 0 without WRITE ATOMIC
 * @param maxTransferBytes largest single transfer from or to the medium, a multiple of blockBytes
 * @param writable whether the backend takes writes
 * @param thresholdExponent logical blocks of a threshold set, as a power of two; 0 without thresholds
 */
public record Geometry(
        int blockBytes,
        long blockCount,
        int physicalExponent,
        int optimalBlocks,
        int unmapBlocks,
        int atomicBlocks,
        int maxTransferBytes,
        boolean writable,
        int thresholdExponent) {

    /** THRESHOLD COUNT and RESOURCE COUNT have 32 bits. */
    private static final long THRESHOLD_SETS = 1L << 32;

    /** Before the first backend: the block length is the unit's, all else is not known. */
    public static Geometry unknown(int blockBytes) {
        return new Geometry(blockBytes, 0, 0, 0, 0, 0, blockBytes, true, 0);
    }

    public static Geometry of(Profile profile, int blockBytes) {
        int physicalBlocks = Math.max(1, profile.physicalBlockBytes() / blockBytes);
        return new Geometry(
                blockBytes,
                profile.capacityBytes() / blockBytes,
                Math.min(15, Integer.numberOfTrailingZeros(physicalBlocks)),
                profile.optimalBytes() / blockBytes,
                profile.can(Capability.UNMAP) ? Math.max(1, profile.unmapBytes() / blockBytes) : 0,
                profile.can(Capability.ATOMIC_WRITE) ? Limits.atomicBlocks(profile.atomicBytes(), blockBytes) : 0,
                profile.maxTransferBytes() - profile.maxTransferBytes() % blockBytes,
                profile.can(Capability.WRITE),
                thresholdExponent(profile, blockBytes));
    }

    private static int thresholdExponent(Profile profile, int blockBytes) {
        boolean isCounted = profile.can(Capability.UNMAP) && profile.can(Capability.SPACE);
        boolean fits = profile.capacityBytes() / Limits.THRESHOLD_SET_BYTES < THRESHOLD_SETS;
        return isCounted && fits ? Integer.numberOfTrailingZeros(Limits.THRESHOLD_SET_BYTES / blockBytes) : 0;
    }

    public boolean isKnown() {
        return blockCount > 0;
    }

    /** Whether logical blocks can be deallocated (LBPME). */
    public boolean unmaps() {
        return unmapBlocks > 0;
    }

    /** Whether it is known, and can be watched, what the unit takes of its resources. */
    public boolean hasThresholds() {
        return thresholdExponent > 0;
    }

    /** Whether logical blocks can be written atomically. */
    public boolean writesAtomically() {
        return atomicBlocks > 0;
    }

    /** Whether a range lies within the medium; zero blocks behind the last one do. The LBA is unsigned. */
    public boolean contains(long lbaFirst, long count) {
        return lbaFirst >= 0 && count <= blockCount - lbaFirst;
    }
}
