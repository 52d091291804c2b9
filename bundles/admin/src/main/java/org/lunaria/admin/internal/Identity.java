package org.lunaria.admin.internal;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What tells a logical unit from every other: drawn once, stored with the unit, never changed.
 *
 * @param serial product serial number (SPC-5, VPD page 80h): 16 hexadecimal digits
 * @param naa identifier of the type NAA 3h, Locally Assigned (SPC-5, VPD page 83h): 16 hexadecimal digits, of which
 *     administrators may assign all but the first. The registered types 2h, 5h and 6h need a company identifier that
 *     IEEE sells.
 */
record Identity(String serial, String naa) {
    private static final String LOCALLY_ASSIGNED = "3";

    /** Draws until both are new. */
    static Identity draw(SecureRandom random, Collection<Values> units) {
        while (true) {
            String serial = hex(random);
            String naa = LOCALLY_ASSIGNED + hex(random).substring(1);
            boolean taken = units.stream()
                    .anyMatch(unit -> unit.text("serial").equalsIgnoreCase(serial)
                            || unit.text("naa").toLowerCase(Locale.ROOT).equals(naa));
            if (!taken) {
                return new Identity(serial, naa);
            }
        }
    }

    private static String hex(SecureRandom random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }
}
