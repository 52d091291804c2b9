package org.lunaria.scsi.internal.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The Device Identification page (SPC-4 7.8.6): names of the unit, of the port that the command came through, and of the
 * target device. PIV is zero: which transport it is, only the transport knows.
 */
public final class DeviceIdentification {
    /** Code set and designator type, as the standard pairs them. */
    private enum Kind {
        T10_VENDOR_ID(0x2, 0x1),
        NAA(0x1, 0x3),
        RELATIVE_TARGET_PORT(0x1, 0x4),
        TARGET_PORT_GROUP(0x1, 0x5),
        SCSI_NAME_STRING(0x3, 0x8);

        private final int codeSet;
        private final int type;

        Kind(int codeSet, int type) {
            this.codeSet = codeSet;
            this.type = type;
        }
    }

    /** What a designator names. */
    private enum Association {
        LOGICAL_UNIT,
        TARGET_PORT,
        TARGET_DEVICE
    }

    private DeviceIdentification() {}

    static byte[] page(DescribedUnit unit, PortIdentity port) {
        Identity identity = unit.identity();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(new byte[VpdPage.HEADER_BYTES]);
        add(page, Kind.NAA, Association.LOGICAL_UNIT, HexFormat.of().parseHex(identity.naa()));
        add(page, Kind.T10_VENDOR_ID, Association.LOGICAL_UNIT, t10VendorId(identity));
        addTarget(page, port);
        return page.toByteArray();
    }

    /** The page of a well known logical unit, which has no name of its own. */
    static byte[] pageOfTarget(PortIdentity port) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(new byte[VpdPage.HEADER_BYTES]);
        addTarget(page, port);
        return page.toByteArray();
    }

    private static void addTarget(ByteArrayOutputStream page, PortIdentity port) {
        add(page, Kind.RELATIVE_TARGET_PORT, Association.TARGET_PORT, number(port.relativePort()));
        add(
                page,
                Kind.TARGET_PORT_GROUP,
                Association.TARGET_PORT,
                number(port.group().identifier()));
        add(page, Kind.SCSI_NAME_STRING, Association.TARGET_PORT, nameString(port.portName()));
        add(page, Kind.SCSI_NAME_STRING, Association.TARGET_DEVICE, nameString(port.deviceName()));
    }

    /** The designation descriptor of a unit that is its NAA. */
    public static byte[] ofUnit(Identity identity) {
        ByteArrayOutputStream descriptor = new ByteArrayOutputStream();
        add(descriptor, Kind.NAA, Association.LOGICAL_UNIT, HexFormat.of().parseHex(identity.naa()));
        return descriptor.toByteArray();
    }

    /** The designation descriptor of a target device that is its name. */
    public static byte[] ofTarget(PortIdentity port) {
        ByteArrayOutputStream descriptor = new ByteArrayOutputStream();
        add(descriptor, Kind.SCSI_NAME_STRING, Association.TARGET_DEVICE, nameString(port.deviceName()));
        return descriptor.toByteArray();
    }

    /** The designator of a target port, for the SCSI Ports page. */
    static byte[] ofPort(String name) {
        ByteArrayOutputStream designator = new ByteArrayOutputStream();
        add(designator, Kind.SCSI_NAME_STRING, Association.TARGET_PORT, nameString(name));
        return designator.toByteArray();
    }

    private static void add(ByteArrayOutputStream page, Kind kind, Association association, byte[] designator) {
        page.write(kind.codeSet);
        page.write(association.ordinal() << 4 | kind.type);
        page.write(0);
        page.write(designator.length);
        page.writeBytes(designator);
    }

    /** Two reserved bytes and the number (SPC-4 7.8.6.7, 7.8.6.8). */
    private static byte[] number(int value) {
        byte[] designator = new byte[4];
        BitField.bytes(2, 2).put(designator, value);
        return designator;
    }

    private static byte[] t10VendorId(Identity identity) {
        return StandardInquiry.padded(identity.vendor(), 8)
                .concat(identity.serial())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** UTF-8, ended by a null and padded to a multiple of four (SPC-4 7.8.6.11); 256 bytes at most. */
    private static byte[] nameString(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, 251);
        return Arrays.copyOf(Arrays.copyOf(text, length), length + 4 - length % 4);
    }
}
