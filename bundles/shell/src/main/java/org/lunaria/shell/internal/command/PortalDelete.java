package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Portal;
import org.lunaria.shell.internal.completion.PortalNames;
import org.lunaria.shell.internal.console.ConfirmedCommand;
import org.lunaria.shell.internal.console.Deleted;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code portal:delete}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "portal",
        name = "delete",
        description = "Close a portal; the sessions through it end. Where there are any, it asks.",
        detailedDescription = "Example: portal:delete storage")
public final class PortalDelete extends ConfirmedCommand<Deleted> {

    @Argument(name = "portal", required = true, description = "Name of the portal.")
    @Completion(PortalNames.class)
    private String name;

    @Override
    protected Deleted run(Appliance appliance) {
        int connections = appliance.portals().list().stream()
                .filter(portal -> portal.name().equals(name))
                .mapToInt(Portal::connections)
                .sum();
        String cut = connections + (connections == 1 ? " connection, which ends" : " connections, which end");
        if (connections > 0 && !confirmed("Portal " + name + " has " + cut + ". Shall it be deleted?")) {
            throw new ApplianceException("portal " + name + " has " + cut + "; give --yes to delete it.");
        }
        appliance.portals().delete(name);
        return new Deleted("portal", name);
    }

    @Override
    protected void print(Deleted deleted, PrintStream out) {
        out.println("Portal " + deleted.name() + " is deleted.");
    }
}
