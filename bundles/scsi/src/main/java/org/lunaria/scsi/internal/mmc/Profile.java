package org.lunaria.scsi.internal.mmc;

/** The profiles, by which a disc is either a CD or a DVD (MMC-6 5.4). */
public enum Profile {
    CD_ROM(0x0008, 1),
    DVD_ROM(0x0010, 16);

    private final int code;
    private final int blocking;

    Profile(int code, int blocking) {
        this.code = code;
        this.blocking = blocking;
    }

    public int code() {
        return code;
    }

    /** Blocks of one read unit of the medium (BLOCKING of the Random Readable feature). */
    int blocking() {
        return blocking;
    }
}
