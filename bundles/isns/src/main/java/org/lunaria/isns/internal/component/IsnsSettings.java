package org.lunaria.isns.internal.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.lunaria.isns.internal.network.ServerAddress;
import org.lunaria.isns.internal.registration.Entity;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/**
 * Where to register, as whom. Immutable.
 *
 * @param entity meaningless without servers
 * @param esiSeconds 0 for no status inquiries
 * @param esiPort 0 for any
 */
record IsnsSettings(List<ServerAddress> servers, Entity entity, int esiSeconds, int esiPort) {
    static final String PID = "org.lunaria.isns";

    static final int SERVERS_MAX = 8;

    private static final int MAX_16_BITS = 65535;

    /** What nameprep (RFC 3491) leaves as it is: lower case, no blanks; a host's name, or nearly anything else. */
    private static final Pattern ENTITY = Pattern.compile("[a-z0-9][a-z0-9._:-]{0,254}");
    /** These are for servers to give (RFC 4171 6.2.1). */
    private static final String OF_SERVERS = "isns:";

    /** Linux: gethostname(2). */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    /** Every machine is called that. */
    private static final String LOCALHOST = "localhost";

    /**
     * @param hostName of this machine; asked only when it is needed
     * @throws InvalidSetting when a key or a value cannot be taken
     */
    static IsnsSettings read(Map<String, ?> properties, Supplier<String> hostName) {
        Settings settings = new Settings(PID, properties, IsnsConfig.class);
        List<ServerAddress> servers = servers(settings);
        int registrationSeconds = (int) settings.number("registrationSeconds");
        int esiSeconds = (int) settings.number("esiSeconds");
        int esiPort = (int) settings.number("esiPort");
        if (esiPort != 0 && servers.size() > 1) {
            throw settings.invalid("esiPort", "give 0 for several servers, since each has a port of its own");
        }
        String entity = entity(settings, servers.isEmpty() ? () -> "none" : hostName);
        return new IsnsSettings(servers, new Entity(entity, registrationSeconds), esiSeconds, esiPort);
    }

    private static List<ServerAddress> servers(Settings settings) {
        List<ServerAddress> servers = new ArrayList<>();
        for (String text : settings.list("servers")) {
            servers.add(ServerAddress.of(text)
                    .orElseThrow(() -> settings.invalid(
                            "servers",
                            "'" + text + "' is none; give HOST, HOST:PORT or [IPV6-ADDRESS]:PORT of each, with a port"
                                    + " from 1 to " + MAX_16_BITS)));
        }
        if (servers.stream().distinct().count() < servers.size()) {
            throw settings.invalid("servers", "one stands there twice; give each once");
        }
        if (servers.size() > SERVERS_MAX) {
            throw settings.invalid("servers", "give at most " + SERVERS_MAX);
        }
        return List.copyOf(servers);
    }

    private static String entity(Settings settings, Supplier<String> hostName) {
        String configured = settings.text("entity").toLowerCase(Locale.ROOT);
        String entity = configured.isEmpty() ? hostName.get().toLowerCase(Locale.ROOT) : configured;
        boolean valid = ENTITY.matcher(entity).matches() && !entity.startsWith(OF_SERVERS);
        if (!valid || configured.isEmpty() && entity.equals(LOCALHOST)) {
            throw settings.invalid(
                    "entity",
                    "give a name of 1 to 255 letters, digits, '.', '-', '_' and ':' that no other client of the servers"
                            + " has and that does not begin with isns:");
        }
        return entity;
    }

    /** What the machine calls itself, or localhost. It is not looked up by its name, which may take long. */
    static String hostName() {
        try {
            return Files.readString(HOST_NAME).trim();
        } catch (IOException e) {
            return LOCALHOST;
        }
    }
}
