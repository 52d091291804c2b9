package org.lunaria.scsi.internal.page;

import java.util.Optional;

/** INQUIRY data of the REPORT LUNS well known logical unit (SPC-4 8.3): it has no medium, no identity and no settings. */
public final class WellKnownUnitInquiry {
    /** PERIPHERAL DEVICE TYPE. */
    private static final int WELL_KNOWN = 0x1E;

    private static final int SUPPORTED_PAGES = 0x00;
    private static final int DEVICE_IDENTIFICATION = 0x83;
    private static final int SCSI_PORTS = 0x88;

    private WellKnownUnitInquiry() {}

    public static byte[] standard(PortIdentity port) {
        byte[] data = StandardInquiry.ofTarget(port, "LUNARIA", "REPORT LUNS", "");
        data[0] = WELL_KNOWN;
        return data;
    }

    /** The VPD page with a code, if there is one. */
    public static Optional<byte[]> page(int code, PortIdentity port) {
        return switch (code) {
            case SUPPORTED_PAGES ->
                page(code, new byte[] {0, 0, 0, 0, SUPPORTED_PAGES, (byte) DEVICE_IDENTIFICATION, (byte) SCSI_PORTS});
            case DEVICE_IDENTIFICATION -> page(code, DeviceIdentification.pageOfTarget(port));
            case SCSI_PORTS -> page(code, ScsiPorts.page(port));
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> page(int code, byte[] page) {
        page[0] = WELL_KNOWN;
        page[1] = (byte) code;
        BitField.bytes(2, 2).put(page, page.length - VpdPage.HEADER_BYTES);
        return Optional.of(page);
    }
}
