package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses as an administrator writes them: four numbers from 0 to 255 without leading zeros, or IPv6 (RFC 4291 2.2)
 * without a zone. Nothing is looked up: that would block, and let whoever answers say who may come in. Stateless.
 */
public final class AddressLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4_TEXT = OCTET + "(?:\\." + OCTET + "){3}";
    private static final Pattern IPV4 = Pattern.compile(IPV4_TEXT);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:(?:[0-9a-fA-F]*|" + IPV4_TEXT + ")");

    private AddressLiteral() {}

    /** Empty when it is no address. */
    public static Optional<InetAddress> of(String text) {
        if (IPV4.matcher(text).matches()) {
            return parse(text);
        }
        // In brackets it is IPv6 or nothing, for Java too.
        return IPV6.matcher(text).matches() ? parse("[" + text + "]") : Optional.empty();
    }

    private static Optional<InetAddress> parse(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
