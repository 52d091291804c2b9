package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.iscsi.LimitStatus;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.TargetStatus;

/** A transport that has the portals and targets that are configured. Confined to its test. */
final class ConfiguredTransport extends FakeTransport {
    final List<String> refusals = new ArrayList<>();

    /** Sessions that were ended, by id. */
    final List<String> dropped = new ArrayList<>();

    private final Configurations configurations;
    private final Set<String> lame;

    /** @param lame names of portals that cannot listen */
    ConfiguredTransport(Configurations configurations, Set<String> lame) {
        this.configurations = configurations;
        this.lame = lame;
    }

    @Override
    public List<PortalStatus> portals() {
        return configurations.list(InstanceId.PORTAL).entrySet().stream()
                .map(entry -> portal(entry.getKey().name(), new Values(entry.getValue())))
                .toList();
    }

    private PortalStatus portal(String name, Values values) {
        boolean listens = !lame.contains(name);
        return new PortalStatus(
                name,
                values.text("address"),
                (int) values.number("port", 0),
                (int) values.number("tag", 0),
                listens,
                listens ? "" : "the port is in use.",
                0);
    }

    @Override
    public List<TargetStatus> targets() {
        return configurations.list(InstanceId.TARGET).entrySet().stream()
                .map(entry -> new TargetStatus(
                        entry.getKey().name(),
                        new Values(entry.getValue()).text("iqn"),
                        "",
                        false,
                        List.of("default"),
                        0))
                .toList();
    }

    @Override
    public boolean drop(String id) {
        return dropped.add(id);
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return Optional.of(values.containsValue("bogus") ? pid + ": bogus." : "");
    }

    @Override
    public List<LimitStatus> limits() {
        return List.of(new LimitStatus("sessions", 0, 10));
    }

    @Override
    public List<String> refusals() {
        return List.copyOf(refusals);
    }
}
