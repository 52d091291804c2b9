package org.lunaria.scsi.internal.command;

import java.util.List;
import java.util.Optional;

/**
 * What a ROD token stands for. Immutable.
 *
 * @param unit whose blocks they are
 * @param access by which it was made
 * @param initiator name of the initiator that had it made
 * @param blockBytes logical block length of the unit
 * @param blocks in the order of the token's bytes; none overlap
 */
record RodSource(Device unit, Access access, String initiator, int blockBytes, List<Blocks> blocks) {
    private static final String ISID = ",i,0x";

    /** Where a part of it is on the medium of its unit: so many bytes in one piece. */
    record Place(long lbaFirst, long lengthBytes) {}

    static RodSource of(Execution execution, List<Blocks> blocks) {
        Device unit = execution.device();
        return new RodSource(
                unit, execution.access(), initiator(execution), unit.geometry().blockBytes(), List.copyOf(blocks));
    }

    long lengthBytes() {
        return blocks.stream().mapToLong(Blocks::count).sum() * blockBytes;
    }

    /**
     * By which access a command may read the blocks: that of its nexus, or where its target does not have the unit, the one
     * by which the same initiator had the token made. The reads fail if that is not there any more.
     */
    Optional<Access> reader(Execution execution) {
        for (Access reachable : execution.access().reachable()) {
            if (reachable.device().filter(device -> device == unit).isPresent()) {
                return Optional.of(reachable);
            }
        }
        return initiator.equals(initiator(execution)) ? Optional.of(access) : Optional.empty();
    }

    /** Whether bytes of the medium are among them. On the way of each write. */
    boolean touches(long offset, long length) {
        for (Blocks range : blocks) {
            long from = range.lbaFirst() * blockBytes;
            if (from - offset < length && offset - from < range.count() * blockBytes) {
                return true;
            }
        }
        return false;
    }

    /** Where the byte at an offset is, and how many from there on are in one piece. */
    Place place(long offset) {
        long before = 0;
        for (Blocks range : blocks) {
            long rangeBytes = range.count() * blockBytes;
            if (offset < before + rangeBytes) {
                long within = offset - before;
                return new Place(range.lbaFirst() + within / blockBytes, rangeBytes - within);
            }
            before += rangeBytes;
        }
        throw new IllegalArgumentException("offset " + offset + " of " + before + " bytes");
    }

    /** Whether a block begins at an offset. */
    boolean isAligned(long offset) {
        return offset % blockBytes == 0;
    }

    /**
     * Whether ranges of another unit are whole blocks of both units, however their pieces meet.
     *
     * @param otherBlockBytes logical block length of that unit
     */
    boolean isWhole(List<Blocks> ranges, int otherBlockBytes) {
        return ranges.stream().allMatch(range -> range.count() * otherBlockBytes % blockBytes == 0)
                && blocks.stream().allMatch(range -> range.count() * blockBytes % otherBlockBytes == 0);
    }

    /** The name of the initiator, whichever of its sessions it is (RFC 7143 4.4.3). */
    private static String initiator(Execution execution) {
        String port = execution.task().nexus().initiatorPort();
        int end = port.indexOf(ISID);
        return end < 0 ? port : port.substring(0, end);
    }
}
