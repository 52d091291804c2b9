package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;
import org.lunaria.scsi.internal.copy.CopyLimits;
import org.lunaria.scsi.internal.copy.Cscd;

/** The Third-Party Copy page (SPC-4 7.8.17): what the copy manager does, and how much of it. */
final class ThirdPartyCopyPage {
    static final int CODE = 0x8F;

    private static final int SUPPORTED_COMMANDS = 0x0001;
    private static final int PARAMETER_DATA = 0x0004;
    private static final int SUPPORTED_DESCRIPTORS = 0x0008;
    private static final int SUPPORTED_CSCD_DESCRIPTOR_IDS = 0x000C;
    private static final int GENERAL_COPY_OPERATIONS = 0x8001;

    /** Third-party copy out and in. */
    private static final int[] OPERATION_CODES = {0x83, 0x84};

    /** More than all descriptors need. */
    private static final int ROOM = 1024;

    private ThirdPartyCopyPage() {}

    static byte[] page(DescribedUnit unit, PortIdentity port) {
        ByteBuffer page = ByteBuffer.allocate(ROOM).position(VpdPage.HEADER_BYTES);
        put(page, SUPPORTED_COMMANDS, supportedCommands(unit));
        put(page, PARAMETER_DATA, parameterData());
        put(page, SUPPORTED_DESCRIPTORS, supportedDescriptors());
        put(
                page,
                SUPPORTED_CSCD_DESCRIPTOR_IDS,
                ByteBuffer.allocate(4).putShort((short) 2).putShort((short) Cscd.THIS_UNIT));
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

    private static ByteBuffer supportedCommands(DescribedUnit unit) {
        int bytes = 1;
        for (int opcode : OPERATION_CODES) {
            bytes += 2 + unit.serviceActions(opcode).length;
        }
        ByteBuffer commands = ByteBuffer.allocate(bytes).put((byte) (bytes - 1));
        for (int opcode : OPERATION_CODES) {
            int[] actions = unit.serviceActions(opcode);
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

    private static ByteBuffer generalCopyOperations() {
        return ByteBuffer.allocate(32)
                .putInt(0, CopyLimits.CONCURRENT_COPIES)
                .putInt(4, CopyLimits.CONCURRENT_COPIES)
                .putInt(8, (int) CopyLimits.SEGMENT_BYTES)
                .put(12, (byte) CopyLimits.SEGMENT_GRANULARITY_EXPONENT);
    }
}
