package org.lunaria.exchange.foreign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a target listens: {@code 10.0.0.1}, {@code 10.0.0.1:3260}, {@code [::]:3260}, {@code ::}. Immutable. */
record Address(String host, int port) {
    private static final int ISCSI_PORT = 3260;
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)\\](?::(\\d{1,5}))?");
    private static final Pattern PLAIN = Pattern.compile("([^:]*):(\\d{1,5})");

    static Address of(String text) {
        for (Pattern pattern : new Pattern[] {BRACKETS, PLAIN}) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return new Address(
                        matcher.group(1), matcher.group(2) == null ? ISCSI_PORT : Integer.parseInt(matcher.group(2)));
            }
        }
        return new Address(text, ISCSI_PORT);
    }

    /** As a configuration has them. */
    static Address of(String host, String port) {
        return new Address(host, port.matches("\\d{1,5}") ? Integer.parseInt(port) : ISCSI_PORT);
    }

    String portal(Draft draft, int line) {
        return draft.portal(line, host.isEmpty() ? "0.0.0.0" : host, port);
    }

    /** Whether one has all addresses, and so the other's, on the same port. */
    boolean isInTheWayOf(Address other) {
        return port == other.port && !host.equals(other.host) && (isAny() || other.isAny());
    }

    private boolean isAny() {
        return host.equals("0.0.0.0") || host.equals("::");
    }
}
