package org.lunaria.scsi.internal.page;

import static org.lunaria.scsi.internal.page.PageField.bits;
import static org.lunaria.scsi.internal.page.PageField.bytes;
import static org.lunaria.scsi.internal.page.PageField.flag;

import java.util.List;

/** The mode pages that a unit has: the one table of them (SPC-4 7.5, SBC-3 6.5). */
public final class ModePages {

    /** PAGE CODE that asks for all pages. */
    public static final int ALL_PAGES = 0x3F;

    /** SUBPAGE CODE that asks for all subpages. */
    public static final int ALL_SUBPAGES = 0xFF;

    private static final int UNRESTRICTED_REORDERING = 1;
    private static final int NOT_LIMITED = 0xFFFF;
    private static final int TRAY = 1;

    private static final ModePage CONTROL = new ModePage(
            0x0A,
            "Control",
            12,
            List.of(
                    flag("D_SENSE", 2, 2, unit -> unit.senseFormat() == SenseFormat.DESCRIPTOR ? 1 : 0),
                    bits("QUEUE ALGORITHM MODIFIER", 3, 7, 4, unit -> UNRESTRICTED_REORDERING),
                    flag("TAS", 5, 6, unit -> unit.taskAbortedStatus() ? 1 : 0),
                    bytes("BUSY TIMEOUT PERIOD", 8, 2, unit -> NOT_LIMITED)));

    /** Those of a disk, in ascending order of their codes, as they are returned together. */
    public static final List<ModePage> DISK = List.of(
            new ModePage(0x08, "Caching", 20, List.of(flag("WCE", 2, 2, unit -> unit.writeCache() ? 1 : 0))),
            CONTROL,
            new ModePage(0x1C, "Informational Exceptions Control", 12, List.of(flag("DEXCPT", 2, 3, unit -> 1))));

    /** Those of a CD/DVD unit (MMC-6 7; page 2Ah is legacy, but what hosts ask for). */
    public static final List<ModePage> CDROM = List.of(
            new ModePage(0x01, "Read Error Recovery", 12, List.of()),
            CONTROL,
            new ModePage(
                    0x2A,
                    "CD Capabilities and Mechanical Status",
                    32,
                    List.of(
                            flag("DVD-ROM READ", 2, 3, unit -> 1),
                            bits("LOADING MECHANISM TYPE", 6, 7, 3, unit -> TRAY),
                            flag("EJECT", 6, 3, unit -> 1),
                            flag("LOCK STATE", 6, 1, unit -> unit.removalPrevented() ? 1 : 0),
                            flag("LOCK", 6, 0, unit -> 1))));

    private ModePages() {}

    /** The pages of a unit of a type that a PAGE CODE names: all, one, or none. */
    public static List<ModePage> find(int code, DeviceType type) {
        List<ModePage> pages = type == DeviceType.DISK ? DISK : CDROM;
        return code == ALL_PAGES
                ? pages
                : pages.stream().filter(page -> page.code() == code).toList();
    }
}
