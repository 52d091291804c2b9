package org.lunaria.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Portal;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code portal:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "portal",
        name = "list",
        description = "Show all portals.",
        detailedDescription = "Example: portal:list")
public final class PortalList extends ListCommand<Portal> {

    @Override
    protected List<Portal> run(Appliance appliance) {
        return appliance.portals().list();
    }

    @Override
    protected List<Column<Portal>> columns() {
        return List.of(
                Column.text("Name", Portal::name),
                Column.text("Address", Portal::address),
                Column.number("Port", Portal::port),
                Column.number("Tag", Portal::tag),
                Column.text("Listens", portal -> portal.listening() ? "yes" : "no"),
                Column.number("Connections", Portal::connections),
                Column.text("Detail", Portal::detail));
    }

    @Override
    protected String nothing() {
        return "There is no portal, so no initiator can connect; portal:create makes one.";
    }
}
