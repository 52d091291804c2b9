package org.lunaria.scsi.internal.copy;

import java.util.Arrays;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;

/** A segment descriptor: a piece of work of a copy (SPC-4 6.4.6). Immutable. */
public sealed interface Segment {

    /** The longest of the descriptors there are. */
    int MAX_BYTES = 28;

    BitField SOURCE = BitField.bytes(4, 2);
    BitField DESTINATION = BitField.bytes(6, 2);

    /** Where it is in the parameter list. */
    int at();

    /** The kinds of descriptors. */
    enum Type {
        BLOCK_TO_BLOCK(0x02, 28),
        VERIFY_CSCD(0x07, 12);

        private final int code;
        private final int lengthBytes;

        Type(int code, int lengthBytes) {
            this.code = code;
            this.lengthBytes = lengthBytes;
        }

        /** DESCRIPTOR TYPE CODE. */
        public int code() {
            return code;
        }

        int lengthBytes() {
            return lengthBytes;
        }

        static Type of(byte[] list, int at) throws InvalidCopyList {
            int code = list[at] & 0xFF;
            return Arrays.stream(values())
                    .filter(type -> type.code == code)
                    .findFirst()
                    .orElseThrow(() -> InvalidCopyList.at(SenseCode.UNSUPPORTED_SEGMENT_DESCRIPTOR_TYPE_CODE, at));
        }

        Segment read(byte[] list, int at) {
            byte[] bytes = Arrays.copyOfRange(list, at, at + lengthBytes);
            return switch (this) {
                case BLOCK_TO_BLOCK -> BlockToBlock.of(bytes, at);
                case VERIFY_CSCD -> VerifyCscd.of(bytes, at);
            };
        }
    }

    /**
     * Block device to block device (SPC-4 6.4.6.5).
     *
     * @param source CSCD descriptor ID
     * @param destination CSCD descriptor ID
     * @param countsDestination whether the blocks are those of the destination, else of the source (DC)
     * @param blockCount BLOCK DEVICE NUMBER OF BLOCKS
     * @param sourceLba may be out of any range
     * @param destinationLba may be out of any range
     */
    record BlockToBlock(
            int at,
            int source,
            int destination,
            boolean countsDestination,
            int blockCount,
            long sourceLba,
            long destinationLba)
            implements Segment {

        /** Where the fields are in the descriptor. */
        public static final int SOURCE_AT = 4;

        public static final int DESTINATION_AT = 6;
        public static final int BLOCK_COUNT_AT = 10;
        public static final int SOURCE_LBA_AT = 12;
        public static final int DESTINATION_LBA_AT = 20;

        private static final BitField DC = new BitField(1, 1, 1);
        private static final BitField BLOCK_COUNT = BitField.bytes(BLOCK_COUNT_AT, 2);
        private static final BitField SOURCE_LBA = BitField.bytes(SOURCE_LBA_AT, 8);
        private static final BitField DESTINATION_LBA = BitField.bytes(DESTINATION_LBA_AT, 8);

        private static BlockToBlock of(byte[] bytes, int at) {
            return new BlockToBlock(
                    at,
                    (int) SOURCE.get(bytes),
                    (int) DESTINATION.get(bytes),
                    DC.isSet(bytes),
                    (int) BLOCK_COUNT.get(bytes),
                    SOURCE_LBA.get(bytes),
                    DESTINATION_LBA.get(bytes));
        }
    }

    /**
     * Verify CSCD operation (SPC-4 6.4.6.10): whether a device is there, and ready.
     *
     * @param cscd CSCD descriptor ID
     * @param tests whether TEST UNIT READY has to be answered GOOD (TUR)
     */
    record VerifyCscd(int at, int cscd, boolean tests) implements Segment {
        private static final BitField TUR = new BitField(8, 0, 1);

        private static VerifyCscd of(byte[] bytes, int at) {
            return new VerifyCscd(at, (int) SOURCE.get(bytes), TUR.isSet(bytes));
        }
    }
}
