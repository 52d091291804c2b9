package org.lunaria.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Backend;
import org.lunaria.admin.ByteSize;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code backend:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "backend",
        name = "list",
        description = "Show the open stores and the bundles that they come from.",
        detailedDescription = "Example: backend:list")
public final class BackendList extends ListCommand<Backend> {

    @Override
    protected List<Backend> run(Appliance appliance) {
        return appliance.backends().list();
    }

    @Override
    protected List<Column<Backend>> columns() {
        return List.of(
                Column.text("Volume", Backend::id),
                Column.text("Kind", Backend::kind),
                Column.text("Bundle", backend -> backend.bundle() + " " + backend.version()),
                Column.number("Capacity", backend -> new ByteSize(backend.capacityBytes())),
                Column.number("Block", Backend::blockBytes),
                Column.number("Largest transfer", backend -> new ByteSize(backend.maxTransferBytes())),
                Column.text("Can", backend -> String.join(" ", backend.capabilities())));
    }

    @Override
    protected String nothing() {
        return "No store is open; volume:create makes one.";
    }
}
