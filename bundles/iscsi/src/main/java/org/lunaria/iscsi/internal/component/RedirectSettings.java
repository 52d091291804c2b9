package org.lunaria.iscsi.internal.component;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.iscsi.internal.node.AddressLiteral;
import org.lunaria.iscsi.internal.node.Redirect;
import org.lunaria.iscsi.internal.node.Redirects;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/** Reads the key {@code redirect} of a target, or says in one sentence why it cannot be taken. Stateless. */
final class RedirectSettings {
    static final String KEY = "redirect";

    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})\\s*=\\s*(temporary|permanent):"
                    + "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]{1,253})(?::(\\d{1,5}))?");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");
    private static final int MAX_PORT = 65535;

    private RedirectSettings() {}

    /** @throws InvalidSetting when an entry is none, or a portal has two */
    static Redirects read(Settings settings) {
        Map<String, Redirect> byPortal = new LinkedHashMap<>();
        for (String entry : settings.list(KEY)) {
            Matcher matcher = ENTRY.matcher(entry);
            Optional<Redirect> redirect = matcher.matches() ? redirect(matcher) : Optional.empty();
            if (redirect.isEmpty()) {
                throw settings.invalid(
                        KEY,
                        "'" + entry + "' is none; give PORTAL=temporary:ADDRESS:PORT or PORTAL=permanent:ADDRESS:PORT,"
                                + " an IPv6 address in brackets, a port from 1 to " + MAX_PORT
                                + ", and no portal group tag");
            }
            if (byPortal.putIfAbsent(matcher.group(1), redirect.get()) != null) {
                throw settings.invalid(KEY, "portal " + matcher.group(1) + " stands there twice; give it one address");
            }
        }
        return new Redirects(byPortal);
    }

    private static Optional<Redirect> redirect(Matcher entry) {
        String host = entry.group(3);
        int port = entry.group(4) == null ? PortalConfig.ISCSI_PORT : Integer.parseInt(entry.group(4));
        boolean numeric = host.startsWith("[") || NUMERIC.matcher(host).matches();
        Optional<InetAddress> literal = numeric ? literal(host) : Optional.empty();
        if (port < 1
                || port > MAX_PORT
                || numeric
                        && literal.filter(address -> !address.isAnyLocalAddress())
                                .isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Redirect(entry.group(2).equals("permanent"), host, literal, port));
    }

    private static Optional<InetAddress> literal(String host) {
        return AddressLiteral.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
