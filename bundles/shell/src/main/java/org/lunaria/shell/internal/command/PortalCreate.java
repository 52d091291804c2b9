package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Portal;
import org.lunaria.admin.Portals;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code portal:create}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "portal",
        name = "create",
        description = "Make a portal, where initiators connect.",
        detailedDescription = "Example: portal:create storage 10.0.0.5 --port 3260")
public final class PortalCreate extends ApplianceCommand<Portal> {

    @Argument(name = "name", required = true, description = "A new name: 1 to 64 of a-z, 0-9, dot, dash, underscore.")
    private String name;

    @Argument(
            index = 1,
            name = "address",
            required = true,
            description = "IP address of this machine; 0.0.0.0 or :: for all of them.")
    @Completion(
            value = StringsCompleter.class,
            values = {"127.0.0.1", "0.0.0.0", "::"})
    private String address;

    @Option(name = "--port", description = "TCP port, 1 to 65535.")
    private int port = Portals.DEFAULT_PORT;

    @Option(name = "--tag", description = "Target portal group tag, 1 to 65535.")
    private int tag = Portals.DEFAULT_TAG;

    @Override
    protected Portal run(Appliance appliance) {
        return appliance.portals().create(name, address, port, tag);
    }

    @Override
    protected void print(Portal portal, PrintStream out) {
        out.println("Portal " + portal.name() + " listens on " + portal.address() + " port " + portal.port() + ".");
    }
}
