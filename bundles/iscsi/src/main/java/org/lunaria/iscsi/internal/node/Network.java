package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of a network, of IPv4 or IPv6. Immutable.
 *
 * @param bits of the address that have to match
 */
record Network(InetAddress address, int bits) {
    /** An address, and how many of its bits count. */
    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

    /** As 10.0.0.0/24, fe80::/10, or one address; empty when it is none. */
    static Optional<Network> of(String text) {
        Matcher matcher = NETWORK.matcher(text);
        return matcher.matches()
                ? AddressLiteral.of(matcher.group(1)).flatMap(address -> of(address, matcher.group(2)))
                : Optional.empty();
    }

    private static Optional<Network> of(InetAddress address, String prefix) {
        int most = address.getAddress().length * Byte.SIZE;
        int bits = prefix == null ? most : Integer.parseInt(prefix);
        return bits <= most ? Optional.of(new Network(address, bits)) : Optional.empty();
    }

    boolean holds(InetAddress other) {
        byte[] here = address.getAddress();
        byte[] there = other.getAddress();
        if (here.length != there.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((here[bit / Byte.SIZE] ^ there[bit / Byte.SIZE]) & 0x80 >> bit % Byte.SIZE) != 0) {
                return false;
            }
        }
        return true;
    }
}
