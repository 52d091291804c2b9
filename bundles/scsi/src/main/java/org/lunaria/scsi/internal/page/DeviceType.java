package org.lunaria.scsi.internal.page;

import org.lunaria.scsi.SenseCode;

/** PERIPHERAL DEVICE TYPE: what kinds of units there are (SPC-4 table 138). */
public enum DeviceType {
    /** Direct access block device (SBC-3). */
    DISK(0x00),
    /** CD/DVD device, which reads (MMC-6). */
    CDROM(0x05);

    /** Device-type specific VPD pages have these codes (SPC-4 table 591). */
    private static final int FIRST_SPECIFIC_PAGE = 0xB0;

    private static final int LAST_SPECIFIC_PAGE = 0xBF;

    private final int code;

    DeviceType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** What commands that need a medium are answered while it is out: a drive's tray is open then. */
    public SenseCode mediumNotPresent() {
        return this == CDROM ? SenseCode.MEDIUM_NOT_PRESENT_TRAY_OPEN : SenseCode.MEDIUM_NOT_PRESENT;
    }

    /** Whether units of this type have a VPD page: those that are specific to a type are SBC's, and only disks copy. */
    boolean has(VpdPage page) {
        boolean specific = page.code() >= FIRST_SPECIFIC_PAGE && page.code() <= LAST_SPECIFIC_PAGE;
        return this == DISK || !specific && page.code() != VpdPages.THIRD_PARTY_COPY;
    }
}
