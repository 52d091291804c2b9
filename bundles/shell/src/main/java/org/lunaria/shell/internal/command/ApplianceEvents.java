package org.lunaria.shell.internal.command;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Event;
import org.lunaria.shell.internal.completion.EventKinds;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:events}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "events",
        description =
                "List what happened last: logins and refused ones, backends that came and went, failures, changes.",
        detailedDescription = "Example: appliance:events --kind LOGIN_REFUSED --last 10")
public final class ApplianceEvents extends ListCommand<Event> {
    private static final int MOST = 10_000;

    @Option(name = "--kind", description = "Those of this kind only.")
    @Completion(EventKinds.class)
    private String kind;

    @Option(name = "--last", description = "How many at most, from 1 to 10000.")
    private int last = 50;

    @Override
    protected List<Event> run(Appliance appliance) {
        if (last < 1 || last > MOST) {
            throw new ApplianceException("--last " + last + ": give a number from 1 to " + MOST + ".");
        }
        return appliance.events().last(last, Optional.ofNullable(kind));
    }

    @Override
    protected List<Column<Event>> columns() {
        return List.of(
                Column.text("TIME", Event::time), Column.text("KIND", Event::kind), Column.text("EVENT", Event::text));
    }

    @Override
    protected String nothing() {
        return kind == null ? "Nothing has happened yet." : "Nothing of kind " + kind + " has happened yet.";
    }
}
