package org.lunaria.shell.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Connection;
import org.lunaria.admin.Session;
import org.lunaria.shell.internal.completion.SessionIds;
import org.lunaria.shell.internal.console.Facts;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.ShowCommand;

/** {@code session:show}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "session",
        name = "show",
        description = "Show one session with what its login agreed on.",
        detailedDescription = "Example: session:show 1")
public final class SessionShow extends ShowCommand<Session> {

    @Argument(name = "session", required = true, description = "Identifier of the session, as session:list shows it.")
    @Completion(SessionIds.class)
    private String id;

    @Override
    protected Session run(Appliance appliance) {
        return appliance.sessions().get(id);
    }

    @Override
    protected Facts facts(Session session) {
        Facts facts = new Facts()
                .add("Id", session.id())
                .add("Initiator", session.initiator())
                .add("Alias", session.alias())
                .add("Target", session.target().isEmpty() ? "(discovery)" : session.target())
                .add("ISID", session.isid())
                .add("TSIH", session.tsih())
                .add("State", session.state())
                .add("Since", session.since())
                .add("Commands", session.commands() + ", " + session.tasks() + " under way")
                .add("Read", new ByteSize(session.dataInBytes()))
                .add("Written", new ByteSize(session.dataOutBytes()));
        for (Connection connection : session.connections()) {
            facts.add("Connection " + connection.cid(), connection.from() + ", " + connection.state());
        }
        for (String parameter : session.parameters()) {
            int equals = parameter.indexOf('=');
            facts.add(parameter.substring(0, Math.max(equals, 0)), parameter.substring(equals + 1));
        }
        return facts;
    }
}
