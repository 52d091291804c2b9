package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of a network, of IPv4 or IPv6. Immutable.
 *
 * @param bits of the address that have to match
 */
record Network(InetAddress address, int bits) {
    /** An address, not a name, which would have to be looked up; and how many of its bits count. */
    private static final Pattern NETWORK =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

    /** As 10.0.0.0/24, fe80::/10, or one address; empty when it is none. */
    static Optional<Network> of(String text) {
        Matcher matcher = NETWORK.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(matcher.group(1));
            int most = address.getAddress().length * Byte.SIZE;
            int bits = matcher.group(2) == null ? most : Integer.parseInt(matcher.group(2));
            return bits <= most ? Optional.of(new Network(address, bits)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
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
