package org.lunaria.scsi.internal.page;

import java.nio.charset.StandardCharsets;

/** Standard INQUIRY data (SPC-4 6.4.2). */
public final class StandardInquiry {
    private static final int LENGTH_BYTES = 96;
    private static final int RMB = 0x80;
    private static final int SPC_4 = 0x06;
    private static final int HISUP_AND_FORMAT_2 = 0x12;
    /** TPGS: states are changed by the administrator and by SET TARGET PORT GROUPS. */
    private static final int IMPLICIT_AND_EXPLICIT_ASYMMETRIC_ACCESS = 0x30;

    private static final int THIRD_PARTY_COPY = 0x08;
    private static final int MULTIP = 0x10;
    private static final int CMDQUE = 0x02;
    private static final int NO_UNIT_POSSIBLE = 0x7F;

    /** VERSION DESCRIPTORs: SAM-5, SPC-4 (SPC-4 table 146); and that of the device type. */
    private static final int SAM_5_VERSION = 0x00A0;

    private static final int SPC_4_VERSION = 0x0460;
    private static final int SBC_3_VERSION = 0x04C0;
    private static final int MMC_6_VERSION = 0x04E0;

    private StandardInquiry() {}

    public static byte[] of(DescribedUnit unit, PortIdentity port) {
        Identity identity = unit.identity();
        byte[] data = ofTarget(port, identity.vendor(), identity.product(), identity.revision());
        data[1] = (byte) (identity.removable() ? RMB : 0);
        data[5] = IMPLICIT_AND_EXPLICIT_ASYMMETRIC_ACCESS;
        data[5] |= (byte) (identity.type() == DeviceType.DISK ? THIRD_PARTY_COPY : 0);
        data[0] = (byte) identity.type().code();
        BitField.bytes(62, 2).put(data, identity.type() == DeviceType.DISK ? SBC_3_VERSION : MMC_6_VERSION);
        return data;
    }

    /** What is the same for all units of a target. */
    static byte[] ofTarget(PortIdentity port, String vendor, String product, String revision) {
        byte[] data = common(vendor, product, revision);
        data[6] = (byte) (port.all().size() > 1 ? MULTIP : 0);
        BitField.bytes(58, 2).put(data, SAM_5_VERSION);
        BitField.bytes(60, 2).put(data, SPC_4_VERSION);
        return data;
    }

    /** For a LUN without a unit: peripheral qualifier 011b, device type 1Fh (SPC-4 6.4.2). */
    public static byte[] withoutUnit() {
        byte[] data = common("", "", "");
        data[0] = (byte) NO_UNIT_POSSIBLE;
        return data;
    }

    private static byte[] common(String vendor, String product, String revision) {
        byte[] data = new byte[LENGTH_BYTES];
        data[2] = SPC_4;
        data[3] = HISUP_AND_FORMAT_2;
        data[4] = LENGTH_BYTES - 5;
        data[7] = CMDQUE;
        put(data, 8, padded(vendor, 8));
        put(data, 16, padded(product, 16));
        put(data, 32, padded(revision, 4));
        return data;
    }

    static String padded(String text, int length) {
        return text.length() >= length ? text.substring(0, length) : text + " ".repeat(length - text.length());
    }

    private static void put(byte[] data, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, data, at, ascii.length);
    }
}
