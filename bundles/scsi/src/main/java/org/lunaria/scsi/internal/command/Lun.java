package org.lunaria.scsi.internal.command;

import java.util.OptionalInt;
import org.lunaria.scsi.LunMap;

/** The eight bytes of a single level logical unit number (SAM-5 4.7). */
public final class Lun {
    private static final int PERIPHERAL_DEVICE = 0b00;
    private static final int FLAT_SPACE = 0b01;
    private static final int PERIPHERAL_MAX = 0xFF;

    /** The REPORT LUNS well known logical unit (SPC-4 8.3): extended addressing, one byte (SAM-5 4.7.7.5.2). */
    public static final long REPORT_LUNS = 0xC101L << 48;

    private Lun() {}

    /** Peripheral device addressing up to 255, flat space addressing above. */
    public static long encode(int number) {
        int method = number <= PERIPHERAL_MAX ? PERIPHERAL_DEVICE : FLAT_SPACE;
        return ((long) method << 14 | number) << 48;
    }

    /** The number, or empty for addresses that this target has nothing under. */
    public static OptionalInt decode(long lun) {
        if (lun << 16 != 0) {
            return OptionalInt.empty();
        }
        int method = (int) (lun >>> 62);
        int number = (int) (lun >>> 48) & LunMap.MAX_LUN;
        boolean known = method == FLAT_SPACE || method == PERIPHERAL_DEVICE && number <= PERIPHERAL_MAX;
        return known ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
