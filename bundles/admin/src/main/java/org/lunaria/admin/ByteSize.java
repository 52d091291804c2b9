package org.lunaria.admin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 512}, {@code 64K}, {@code 10G}, {@code 1.5T}. The letters are binary: K is
 * 1024 bytes, M 1024 K, and so on; {@code KiB} and {@code KB} mean the same as {@code K}. Immutable.
 *
 * @param bytes 0 to {@link #MAX_BYTES}
 */
public record ByteSize(long bytes) {
    /** 8 EiB less 1 MiB: what still leaves room to add to it. */
    public static final long MAX_BYTES = Long.MAX_VALUE - (1 << 20);

    private static final String UNITS = "KMGTPE";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,19})(?:\\.(\\d{1,3}))?(?:([KMGTPE])I?)?B?");

    public ByteSize {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new ApplianceException("size " + bytes + ": give 0 to " + MAX_BYTES + " bytes.");
        }
    }

    /** @throws ApplianceException when the text is no size */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (matcher.matches() && (matcher.group(2) == null || matcher.group(3) != null)) {
            try {
                return new ByteSize(bytes(matcher.group(1), matcher.group(2), matcher.group(3)));
            } catch (ArithmeticException e) {
                throw new ApplianceException("size " + text + ": give less than 8E.", e);
            }
        }
        throw new ApplianceException(
                "size " + text + ": give a number of bytes, or one with K, M, G, T, P or E behind it, such as 10G.");
    }

    /** The largest unit that leaves at least 1, with at most two digits after the point: {@code 1.5T}. */
    @Override
    public String toString() {
        int unit = (63 - Long.numberOfLeadingZeros(Math.max(bytes, 1))) / 10;
        if (unit == 0) {
            return bytes + "B";
        }
        String number = String.format(Locale.ROOT, "%.2f", bytes / (double) (1L << 10 * unit));
        return number.replaceAll("\\.?0+$", "") + UNITS.charAt(unit - 1);
    }

    private static long bytes(String whole, String fraction, String letter) {
        long unit = letter == null ? 1 : 1L << 10 * (UNITS.indexOf(letter) + 1);
        long bytes = Math.multiplyExact(parseLong(whole), unit);
        if (fraction == null) {
            return bytes;
        }
        long parts = Long.parseLong((fraction + "00").substring(0, 3));
        return Math.addExact(bytes, unit / 1000 * parts + unit % 1000 * parts / 1000);
    }

    private static long parseLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw (ArithmeticException) new ArithmeticException(digits).initCause(e);
        }
    }
}
