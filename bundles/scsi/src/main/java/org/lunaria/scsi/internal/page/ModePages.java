package org.lunaria.scsi.internal.page;

import static org.lunaria.scsi.internal.page.PageField.bits;
import static org.lunaria.scsi.internal.page.PageField.bytes;
import static org.lunaria.scsi.internal.page.PageField.changeable;
import static org.lunaria.scsi.internal.page.PageField.flag;

import java.util.List;
import java.util.Set;

/** The mode pages that a unit has: the one table of them (SPC-4 7.5, SBC-3 6.5). */
public final class ModePages {

    /** PAGE CODE that asks for all pages. */
    public static final int ALL_PAGES = 0x3F;

    /** SUBPAGE CODE that asks for all subpages. */
    public static final int ALL_SUBPAGES = 0xFF;

    /** PAGE CODEs that MODE SENSE gives while the medium is sanitized (SBC-4 4.11.2). */
    public static final Set<Integer> ALLOWED_DURING_SANITIZE = Set.of(0x08, 0x0A, 0x18, 0x19, 0x1C);

    /** Where the threshold descriptors of the Logical Block Provisioning page begin (SBC-4 6.5.9). */
    public static final int AVAILABLE_THRESHOLD = 16;

    public static final int USED_THRESHOLD = 24;

    /** THRESHOLD RESOURCE. */
    private static final int AVAILABLE = 1;

    private static final int USED = 2;

    /** THRESHOLD ARMING; the other one, decreasing, is zero. */
    private static final int INCREASING = 1;

    private static final int UNRESTRICTED_REORDERING = 1;
    private static final int NOT_LIMITED = 0xFFFF;
    private static final int TRAY = 1;

    private static final PageField REORDERING =
            bits("QUEUE ALGORITHM MODIFIER", 3, 7, 4, unit -> UNRESTRICTED_REORDERING);
    private static final PageField BUSY_TIMEOUT = bytes("BUSY TIMEOUT PERIOD", 8, 2, unit -> NOT_LIMITED);

    private static final ModePage CONTROL_EXTENSION = new ModePage(
            0x0A,
            0x01,
            "Control Extension",
            32,
            List.of(flag("TCMOS", 4, 2, unit -> 1), flag("SCSIP", 4, 1, unit -> 1)));

    /** Those of a disk, in ascending order of their codes and subpages, as they are returned together. */
    public static final List<ModePage> DISK = List.of(
            ModePage.of(
                    0x01,
                    "Read-Write Error Recovery",
                    12,
                    List.of(changeable(ModeParameter.LBPERE, 3, 7).onlyIf(ModePages::hasThresholds))),
            ModePage.of(0x02, "Disconnect-Reconnect", 16, List.of()),
            ModePage.of(0x08, "Caching", 20, List.of(changeable(ModeParameter.WCE, 2, 2))),
            ModePage.of(
                    0x0A,
                    "Control",
                    12,
                    List.of(
                            changeable(ModeParameter.D_SENSE, 2, 2),
                            REORDERING,
                            changeable(ModeParameter.QERR, new BitField(3, 2, 2)),
                            changeable(ModeParameter.SWP, 4, 3),
                            changeable(ModeParameter.TAS, 5, 6),
                            BUSY_TIMEOUT,
                            bytes(
                                    "EXTENDED SELF-TEST COMPLETION TIME",
                                    10,
                                    2,
                                    unit -> Limits.EXTENDED_SELF_TEST_SECONDS))),
            CONTROL_EXTENSION,
            ModePage.of(0x1C, "Informational Exceptions Control", 12, List.of(flag("DEXCPT", 2, 3, unit -> 1))),
            new ModePage(
                            0x1C,
                            0x02,
                            "Logical Block Provisioning",
                            32,
                            List.of(
                                    changeable(ModeParameter.SITUA, 4, 0),
                                    changeable(ModeParameter.AVAILABLE_THRESHOLD_ENABLED, AVAILABLE_THRESHOLD, 7),
                                    bytes("THRESHOLD RESOURCE", AVAILABLE_THRESHOLD + 1, 1, unit -> AVAILABLE),
                                    changeable(
                                            ModeParameter.AVAILABLE_THRESHOLD_COUNT,
                                            BitField.bytes(AVAILABLE_THRESHOLD + 4, 4)),
                                    changeable(ModeParameter.USED_THRESHOLD_ENABLED, USED_THRESHOLD, 7),
                                    bits("THRESHOLD ARMING", USED_THRESHOLD, 2, 3, unit -> INCREASING),
                                    bytes("THRESHOLD RESOURCE", USED_THRESHOLD + 1, 1, unit -> USED),
                                    changeable(
                                            ModeParameter.USED_THRESHOLD_COUNT, BitField.bytes(USED_THRESHOLD + 4, 4))))
                    .onlyIf(ModePages::hasThresholds));

    /** Those of a CD/DVD unit (MMC-6 7; page 2Ah is legacy, but what hosts ask for). */
    public static final List<ModePage> CDROM = List.of(
            ModePage.of(0x01, "Read Error Recovery", 12, List.of()),
            ModePage.of(
                    0x0A,
                    "Control",
                    12,
                    List.of(
                            changeable(ModeParameter.D_SENSE, 2, 2),
                            REORDERING,
                            changeable(ModeParameter.QERR, new BitField(3, 2, 2)),
                            changeable(ModeParameter.TAS, 5, 6),
                            BUSY_TIMEOUT)),
            CONTROL_EXTENSION,
            ModePage.of(
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

    /** Those that a unit has. */
    public static List<ModePage> of(DescribedUnit unit) {
        List<ModePage> pages = unit.identity().type() == DeviceType.DISK ? DISK : CDROM;
        return pages.stream().filter(page -> page.presence().test(unit)).toList();
    }

    private static boolean hasThresholds(DescribedUnit unit) {
        return unit.geometry().hasThresholds();
    }

    /** The pages of a unit that a PAGE CODE and a SUBPAGE CODE name: all, those of a code, one, or none (SPC-4 6.11). */
    public static List<ModePage> find(DescribedUnit unit, int code, int subpage) {
        if (code == ALL_PAGES && subpage != 0 && subpage != ALL_SUBPAGES) {
            return List.of();
        }
        return of(unit).stream()
                .filter(page -> code == ALL_PAGES || code == page.code())
                .filter(page -> subpage == ALL_SUBPAGES || subpage == page.subpage())
                .toList();
    }
}
