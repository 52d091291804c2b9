package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.shell.internal.completion.PortalNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.Deleted;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code portal:delete}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "portal",
        name = "delete",
        description = "Close a portal; the sessions through it end.",
        detailedDescription = "Example: portal:delete storage")
public final class PortalDelete extends ApplianceCommand<Deleted> {

    @Argument(name = "portal", required = true, description = "Name of the portal.")
    @Completion(PortalNames.class)
    private String name;

    @Override
    protected Deleted run(Appliance appliance) {
        appliance.portals().delete(name);
        return new Deleted("portal", name);
    }

    @Override
    protected void print(Deleted deleted, PrintStream out) {
        out.println("Portal " + deleted.name() + " is deleted.");
    }
}
