package org.lunaria.admin;

import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What tells a logical unit from every other: drawn once, stored with the unit, never changed.
 *
 * @param serial product serial number (SPC-5, VPD page 80h): 16 hexadecimal digits
 * @param naa identifier of the type NAA 3h, Locally Assigned (SPC-5, VPD page 83h): 16 hexadecimal digits, of which
 *     administrators may assign all but the first. The registered types 2h, 5h and 6h need a company identifier that
 *     IEEE sells.
 */
public record Identity(String serial, String naa) {
    private static final String LOCALLY_ASSIGNED = "3";

    /**
     * Draws until both are new.
     *
     * @param taken whether a serial number or an identifier, in lower case, is another unit's
     */
    public static Identity draw(RandomGenerator random, Predicate<String> taken) {
        while (true) {
            String serial = hex(random);
            String naa = LOCALLY_ASSIGNED + hex(random).substring(1);
            if (!taken.test(serial) && !taken.test(naa)) {
                return new Identity(serial, naa);
            }
        }
    }

    private static String hex(RandomGenerator random) {
        return HexFormat.of().toHexDigits(random.nextLong());
    }
}
