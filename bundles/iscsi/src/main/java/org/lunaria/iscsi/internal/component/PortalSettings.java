package org.lunaria.iscsi.internal.component;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.regex.Pattern;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/** Reads the configuration of a portal, or says in one sentence why it cannot be taken. Stateless. */
final class PortalSettings {
    static final String FACTORY_PID = "org.lunaria.portal";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%[A-Za-z0-9._-]+)?");

    private PortalSettings() {}

    /** @throws InvalidSetting when a key or a value cannot be taken */
    static Portal read(Map<String, ?> properties) {
        Settings settings = new Settings(FACTORY_PID, properties, PortalConfig.class);
        return new Portal(
                settings.name(),
                new InetSocketAddress(address(settings), (int) settings.number("port")),
                (int) settings.number("tag"),
                AuthenticationSettings.read(settings, "discoveryAuth", "discoveryAccounts", "discoveryChapDigests"));
    }

    /** An address, not a name: a name would have to be looked up, which may take long and may change. */
    private static InetAddress address(Settings settings) {
        String hint = "give an IPv4 or IPv6 address of this machine, or 0.0.0.0 or :: for all of them";
        String text = settings.requiredText("address", hint);
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw settings.invalid("address", hint);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw settings.invalid("address", hint);
        }
    }
}
