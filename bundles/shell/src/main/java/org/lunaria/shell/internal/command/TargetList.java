package org.lunaria.shell.internal.command;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "list",
        description = "Show all targets.",
        detailedDescription = "Example: target:list --no-format")
public final class TargetList extends ListCommand<Target> {

    @Override
    protected List<Target> run(Appliance appliance) {
        return appliance.targets().list();
    }

    @Override
    protected List<Column<Target>> columns() {
        return List.of(
                Column.text("Name", Target::name),
                Column.text("iSCSI name", Target::iqn),
                Column.number("LUNs", target -> target.mappings().size()),
                Column.number("Sessions", Target::sessions),
                Column.text("Lets in", TargetList::access),
                Column.number("Masks", target -> target.masks().size()),
                Column.text("Detail", Target::detail));
    }

    @Override
    protected String nothing() {
        return "There is no target; target:create makes one.";
    }

    private static String access(Target target) {
        return target.allowed().isEmpty() ? "nobody" : String.join(" ", target.allowed());
    }
}
