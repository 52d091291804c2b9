package org.lunaria.scsi.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.copy.RodLimits;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The block device range descriptors of POPULATE TOKEN and WRITE USING TOKEN (SBC-3 5.22.3, 5.49.3), which end the parameter
 * list of either. Immutable.
 *
 * @param blocks of the descriptors that have any, in their order
 * @param wrong what is wrong with them, if anything is
 */
record RangeDescriptors(List<Blocks> blocks, Optional<Sense> wrong) {
    static final int BYTES = 16;

    private static final BitField DATA_LENGTH = BitField.bytes(0, 2);

    /**
     * @param headerBytes which end with the length of the descriptors
     */
    static RangeDescriptors of(byte[] list, int headerBytes, Geometry geometry) {
        int lengthAt = headerBytes - 2;
        int length = (int) BitField.bytes(lengthAt, 2).get(list);
        long dataBytes = DATA_LENGTH.get(list) + 2;
        if (dataBytes > list.length) {
            return wrong(Sense.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        }
        if (dataBytes < headerBytes + BYTES) {
            return wrong(field(0));
        }
        if (length < BYTES || headerBytes + length > dataBytes) {
            return wrong(field(lengthAt));
        }
        if (length / BYTES > RodLimits.RANGE_DESCRIPTORS) {
            return wrong(new Sense(
                    SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS,
                    OptionalLong.empty(),
                    Optional.of(FieldPointer.parameter(lengthAt))));
        }
        return read(list, headerBytes, length / BYTES, geometry);
    }

    /** What is left of a descriptor at the end is none (SBC-3 5.22.2). */
    private static RangeDescriptors read(byte[] list, int first, int descriptors, Geometry geometry) {
        List<Blocks> blocks = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < descriptors; i++) {
            int at = first + i * BYTES;
            long lba = BitField.bytes(at, 8).get(list);
            long count = BitField.bytes(at + 8, 4).get(list);
            if (!geometry.contains(lba, count)) {
                return wrong(Sense.of(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE));
            }
            Blocks range = new Blocks(lba, count);
            if (blocks.stream().anyMatch(range::overlaps)) {
                return wrong(field(at));
            }
            total += count;
            if (total > RodLimits.transferBlocks(geometry.blockBytes())) {
                return wrong(field(at + 8));
            }
            if (count > 0) {
                blocks.add(range);
            }
        }
        return new RangeDescriptors(List.copyOf(blocks), Optional.empty());
    }

    long blockCount() {
        return blocks.stream().mapToLong(Blocks::count).sum();
    }

    /** The first blocks of them. */
    List<Blocks> first(long most) {
        List<Blocks> first = new ArrayList<>();
        long left = most;
        for (Blocks range : blocks) {
            if (left > 0) {
                first.add(new Blocks(range.lbaFirst(), Math.min(left, range.count())));
            }
            left -= range.count();
        }
        return first;
    }

    /** The least range that has them all. */
    Blocks hull() {
        long first = blocks.stream().mapToLong(Blocks::lbaFirst).min().orElse(0);
        long end = blocks.stream()
                .mapToLong(range -> range.lbaFirst() + range.count())
                .max()
                .orElse(0);
        return new Blocks(first, end - first);
    }

    private static Sense field(int at) {
        return Sense.invalidField(FieldPointer.parameter(at));
    }

    private static RangeDescriptors wrong(Sense sense) {
        return new RangeDescriptors(List.of(), Optional.of(sense));
    }
}
