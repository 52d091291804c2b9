package org.lunaria.iscsi.internal.session;

/** Arithmetic on 32-bit sequence numbers (RFC 1982; RFC 7143 4.2.2.1), kept as unsigned values in a long. Stateless. */
final class SerialNumber {
    private static final long MASK = 0xFFFFFFFFL;

    private SerialNumber() {}

    static long plus(long number, long count) {
        return number + count & MASK;
    }

    static boolean isBefore(long number, long other) {
        return difference(number, other) < 0;
    }

    /** How far a number is behind another: negative when it is before it. */
    static int difference(long number, long other) {
        return (int) (number - other);
    }
}
