package org.lunaria.admin.internal;

import java.util.List;
import org.lunaria.admin.Health;
import org.lunaria.isns.IsnsClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The iSNS client as administration sees it. It is a component of its own, and the only class that knows the client's
 * package: where that bundle is not installed, this class is never loaded. Thread-safe.
 */
@Component(service = NameServers.class)
public final class IsnsView implements NameServers {
    private final IsnsClient client;

    @Activate
    public IsnsView(@Reference IsnsClient client) {
        this.client = client;
    }

    @Override
    public List<Health.NameServer> list() {
        return client.servers().stream()
                .map(status -> new Health.NameServer(
                        status.server(),
                        switch (status.state()) {
                            case PENDING -> Health.NameServer.State.PENDING;
                            case EMPTY -> Health.NameServer.State.EMPTY;
                            case REGISTERED -> Health.NameServer.State.REGISTERED;
                            case FAILED -> Health.NameServer.State.FAILED;
                        },
                        status.since(),
                        status.targets(),
                        status.portals(),
                        status.detail()))
                .toList();
    }

    @Override
    public String refusal() {
        return client.refusal();
    }
}
