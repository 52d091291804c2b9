package org.lunaria.scsi.internal.copy;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * The descriptors of the Third-Party Copy page (SPC-4 7.8.17, SBC-3 6.6.6): what the copy manager does, and how much of it.
 * Stateless.
 */
public final class ThirdPartyCopyDescriptors {
    private static final int BLOCK_DEVICE_ROD_LIMITS = 0x0000;
    private static final int SUPPORTED_COMMANDS = 0x0001;
    private static final int PARAMETER_DATA = 0x0004;
    private static final int SUPPORTED_DESCRIPTORS = 0x0008;
    private static final int SUPPORTED_CSCD_DESCRIPTOR_IDS = 0x000C;
    private static final int ROD_TOKEN_FEATURES = 0x0106;
    private static final int SUPPORTED_ROD_TYPES = 0x0108;
    private static final int GENERAL_COPY_OPERATIONS = 0x8001;

    private static final int NO_LIMIT = -1;

    /** What a ROD type is good for; EXTENDED COPY knows none. */
    private static final int TOKEN_IN = 0x02;

    private static final int TOKEN_OUT = 0x01;
    private static final int ROD_TYPE_BYTES = 64;
    private static final int BLOCK_FEATURES_BYTES = 48;

    /** Third-party copy out and in. */
    private static final int[] OPERATION_CODES = {0x83, 0x84};

    /** More than all descriptors need. */
    private static final int ROOM = 1024;

    private ThirdPartyCopyDescriptors() {}

    /**
     * One behind the other.
     *
     * @param blockBytes of the unit that tells them
     * @param serviceActions the service actions that the unit has of an operation code, ascending
     */
    public static byte[] of(int blockBytes, IntFunction<int[]> serviceActions) {
        ByteBuffer page = ByteBuffer.allocate(ROOM);
        put(page, BLOCK_DEVICE_ROD_LIMITS, blockDeviceRodLimits(blockBytes));
        put(page, SUPPORTED_COMMANDS, supportedCommands(serviceActions));
        put(page, PARAMETER_DATA, parameterData());
        put(page, SUPPORTED_DESCRIPTORS, supportedDescriptors());
        put(
                page,
                SUPPORTED_CSCD_DESCRIPTOR_IDS,
                ByteBuffer.allocate(4).putShort((short) 2).putShort((short) Cscd.THIS_UNIT));
        put(page, ROD_TOKEN_FEATURES, rodTokenFeatures());
        put(page, SUPPORTED_ROD_TYPES, supportedRodTypes());
        put(page, GENERAL_COPY_OPERATIONS, generalCopyOperations());
        byte[] bytes = new byte[page.position()];
        page.flip().get(bytes);
        return bytes;
    }

    /** A descriptor is a multiple of four bytes, of which its type and length are four. */
    private static void put(ByteBuffer page, int type, ByteBuffer descriptor) {
        int length = (descriptor.capacity() + 3) / 4 * 4;
        page.putShort((short) type).putShort((short) length);
        int at = page.position();
        page.put(descriptor.array()).position(at + length);
    }

    private static ByteBuffer blockDeviceRodLimits(int blockBytes) {
        return ByteBuffer.allocate(32)
                .putShort(6, (short) RodLimits.RANGE_DESCRIPTORS)
                .putInt(8, RodLimits.MAXIMUM_TIMEOUT_SECONDS)
                .putInt(12, RodLimits.DEFAULT_TIMEOUT_SECONDS)
                .putLong(16, RodLimits.transferBlocks(blockBytes))
                .putLong(24, RodLimits.OPTIMAL_BYTES / blockBytes);
    }

    private static ByteBuffer supportedCommands(IntFunction<int[]> serviceActions) {
        int bytes = 1;
        for (int opcode : OPERATION_CODES) {
            bytes += 2 + serviceActions.apply(opcode).length;
        }
        ByteBuffer commands = ByteBuffer.allocate(bytes).put((byte) (bytes - 1));
        for (int opcode : OPERATION_CODES) {
            int[] actions = serviceActions.apply(opcode);
            commands.put((byte) opcode).put((byte) actions.length);
            for (int action : actions) {
                commands.put((byte) action);
            }
        }
        return commands;
    }

    /** There is no inline data. */
    private static ByteBuffer parameterData() {
        return ByteBuffer.allocate(28)
                .putShort(4, (short) CopyLimits.CSCD_DESCRIPTORS)
                .putShort(6, (short) CopyLimits.SEGMENT_DESCRIPTORS)
                .putInt(8, CopyLimits.DESCRIPTOR_LIST_BYTES);
    }

    private static ByteBuffer supportedDescriptors() {
        byte[] codes = CopyLimits.descriptorTypeCodes();
        return ByteBuffer.allocate(1 + codes.length).put((byte) codes.length).put(codes);
    }

    /** Tokens of other copy managers are not taken; how long one lives at least, nobody can say. */
    private static ByteBuffer rodTokenFeatures() {
        return ByteBuffer.allocate(44 + BLOCK_FEATURES_BYTES)
                .putInt(16, NO_LIMIT)
                .putInt(20, RodLimits.MAXIMUM_TIMEOUT_SECONDS)
                .putShort(42, (short) BLOCK_FEATURES_BYTES)
                .putShort(44 + 2, (short) (BLOCK_FEATURES_BYTES - 4))
                .putLong(44 + 8, RodLimits.TRANSFER_BYTES)
                .putLong(44 + 16, RodLimits.OPTIMAL_BYTES)
                .putLong(44 + 24, RodLimits.OPTIMAL_BYTES)
                .putLong(44 + 32, RodLimits.OPTIMAL_BYTES);
    }

    private static ByteBuffer supportedRodTypes() {
        RodType[] types = RodType.values();
        ByteBuffer list = ByteBuffer.allocate(4 + types.length * ROD_TYPE_BYTES)
                .putShort(2, (short) (types.length * ROD_TYPE_BYTES));
        for (RodType type : types) {
            int at = 4 + type.ordinal() * ROD_TYPE_BYTES;
            list.putInt(at, (int) type.code()).put(at + 4, (byte) (type.isMade() ? TOKEN_IN | TOKEN_OUT : TOKEN_IN));
        }
        return list;
    }

    private static ByteBuffer generalCopyOperations() {
        return ByteBuffer.allocate(32)
                .putInt(0, CopyLimits.CONCURRENT_COPIES)
                .putInt(4, CopyLimits.CONCURRENT_COPIES)
                .putInt(8, (int) CopyLimits.SEGMENT_BYTES)
                .put(12, (byte) CopyLimits.SEGMENT_GRANULARITY_EXPONENT);
    }
}
