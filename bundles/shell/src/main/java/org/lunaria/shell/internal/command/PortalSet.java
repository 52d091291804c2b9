package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Portal;
import org.lunaria.shell.internal.completion.PortalKeys;
import org.lunaria.shell.internal.completion.PortalNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code portal:set}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "portal",
        name = "set",
        description = "Set keys of a portal: its address, its group, its accounts.",
        detailedDescription = "Example: portal:set storage tag=2")
public final class PortalSet extends ApplianceCommand<Portal> {

    @Argument(name = "portal", required = true, description = "Name of the portal.")
    @Completion(PortalNames.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            required = true,
            multiValued = true,
            description = "What to set, a key of org.lunaria.portal and its value; key= takes the default.")
    @Completion(PortalKeys.class)
    private List<String> settings;

    @Override
    protected Portal run(Appliance appliance) {
        return appliance.portals().set(name, Pairs.of("", settings));
    }

    @Override
    protected void print(Portal portal, PrintStream out) {
        out.println("Portal " + portal.name() + " is set: " + String.join(" ", settings) + ".");
    }
}
