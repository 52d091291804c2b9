package org.lunaria.admin.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Connection;
import org.lunaria.admin.Session;
import org.lunaria.admin.Sessions;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.SessionStatus;

/** Shows and ends sessions. Thread-safe. */
final class SessionAdministration implements Sessions {
    private final Supplier<Optional<IscsiTransport>> transport;

    SessionAdministration(Supplier<Optional<IscsiTransport>> transport) {
        this.transport = transport;
    }

    @Override
    public List<Session> list() {
        return transport.get().map(IscsiTransport::sessions).orElse(List.of()).stream()
                .sorted(Comparator.comparing(SessionStatus::since).thenComparing(SessionStatus::id))
                .map(SessionAdministration::session)
                .toList();
    }

    @Override
    public Session get(String id) {
        return list().stream()
                .filter(session -> session.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    @Override
    public void drop(String id) {
        if (!transport.get().map(iscsi -> iscsi.drop(id)).orElse(false)) {
            throw unknown(id);
        }
    }

    private static ApplianceException unknown(String id) {
        return new ApplianceException("session '" + id + "' does not exist; session:list shows those that do.");
    }

    private static Session session(SessionStatus status) {
        return new Session(
                status.id(),
                status.initiator(),
                status.alias(),
                status.isid(),
                status.tsih(),
                status.target(),
                status.state(),
                status.connections().stream()
                        .map(connection -> new Connection(connection.cid(), connection.from(), connection.state()))
                        .toList(),
                status.since(),
                status.tasks(),
                status.commands(),
                status.dataInBytes(),
                status.dataOutBytes(),
                status.parameters());
    }
}
