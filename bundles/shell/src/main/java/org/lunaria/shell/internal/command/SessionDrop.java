package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.shell.internal.completion.SessionIds;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.Deleted;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code session:drop}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "session",
        name = "drop",
        description = "End a session. The initiator may log in again unless target:deny keeps it out.",
        detailedDescription = "Example: session:drop 1")
public final class SessionDrop extends ApplianceCommand<Deleted> {

    @Argument(name = "session", required = true, description = "Identifier of the session, as session:list shows it.")
    @Completion(SessionIds.class)
    private String id;

    @Override
    protected Deleted run(Appliance appliance) {
        appliance.sessions().drop(id);
        return new Deleted("session", id);
    }

    @Override
    protected void print(Deleted deleted, PrintStream out) {
        out.println("Session " + deleted.name() + " is ended.");
    }
}
