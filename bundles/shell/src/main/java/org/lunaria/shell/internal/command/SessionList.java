package org.lunaria.shell.internal.command;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Connection;
import org.lunaria.admin.Session;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code session:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "session",
        name = "list",
        description = "Show who is logged in.",
        detailedDescription = "Example: session:list")
public final class SessionList extends ListCommand<Session> {

    @Override
    protected List<Session> run(Appliance appliance) {
        return appliance.sessions().list();
    }

    @Override
    protected List<Column<Session>> columns() {
        return List.of(
                Column.text("Id", Session::id),
                Column.text("Initiator", Session::initiator),
                Column.text("Target", session -> session.target().isEmpty() ? "(discovery)" : session.target()),
                Column.text(
                        "From",
                        session -> session.connections().stream()
                                .map(Connection::from)
                                .collect(Collectors.joining(" "))),
                Column.text("Since", session -> session.since().truncatedTo(ChronoUnit.SECONDS)),
                Column.number("Commands", Session::commands),
                Column.number("Read", session -> new ByteSize(session.dataInBytes())),
                Column.number("Written", session -> new ByteSize(session.dataOutBytes())));
    }

    @Override
    protected String nothing() {
        return "Nobody is logged in.";
    }
}
