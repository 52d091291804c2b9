package org.lunaria.shell.internal.command;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Version;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:history}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "history",
        description = "List the versions of the configuration that are kept: when, by whom, by what.",
        detailedDescription = "Example: appliance:history --json")
public final class ApplianceHistory extends ListCommand<Version> {

    @Override
    protected List<Version> run(Appliance appliance) {
        return appliance.history().list();
    }

    @Override
    protected List<Column<Version>> columns() {
        return List.of(
                Column.number("VERSION", Version::number),
                Column.text("TIME", version -> version.time().truncatedTo(ChronoUnit.SECONDS)),
                Column.text("WHO", Version::who),
                Column.text("WHAT", Version::what));
    }

    @Override
    protected String nothing() {
        return "No version is kept yet.";
    }
}
