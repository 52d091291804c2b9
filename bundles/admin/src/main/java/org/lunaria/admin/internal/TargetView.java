package org.lunaria.admin.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Target;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.TargetStatus;

/** The targets as they are: what is configured, and what the transport tells of it. Thread-safe. */
final class TargetView {
    static final String LUNS = "luns";
    static final String ACCESS = "access";
    static final String MASKS = "masks";

    private final Configurations configurations;
    private final Components components;
    private final Supplier<Optional<IscsiTransport>> transport;

    TargetView(Configurations configurations, Components components, Supplier<Optional<IscsiTransport>> transport) {
        this.configurations = configurations;
        this.components = components;
        this.transport = transport;
    }

    List<Target> list() {
        List<TargetStatus> statuses =
                transport.get().map(IscsiTransport::targets).orElse(List.of());
        return configurations.list(InstanceId.TARGET).entrySet().stream()
                .map(entry -> target(entry.getKey(), new Values(entry.getValue()), statuses))
                .toList();
    }

    /** By name, or by iSCSI name. */
    Optional<Target> find(String nameOrIqn) {
        String iqn = nameOrIqn.toLowerCase(Locale.ROOT);
        List<Target> all = list();
        return Stream.concat(
                        all.stream().filter(target -> target.name().equals(nameOrIqn)),
                        all.stream()
                                .filter(target ->
                                        target.iqn().toLowerCase(Locale.ROOT).equals(iqn)))
                .findFirst();
    }

    /** Every volume that any target presents. */
    List<Mapping> mappings() {
        return configurations.list(InstanceId.TARGET).entrySet().stream()
                .flatMap(entry -> luns(entry.getKey().name(), entry.getValue()).all().stream())
                .toList();
    }

    /** Whether initiators find the target. */
    Progress serves(String name) {
        boolean known = transport.get().map(IscsiTransport::targets).orElse(List.of()).stream()
                .anyMatch(target -> target.name().equals(name));
        return known
                ? Progress.DONE
                : new Progress.Pending("the iSCSI transport does not know target " + name + "; see appliance:status.");
    }

    /** Whether the transport has taken a change. */
    Progress taken(InstanceId id, Map<String, Object> values) {
        return Verdict.of(transport.get(), id, values);
    }

    private static LunList luns(String target, Map<String, Object> values) {
        return LunList.parse(target, new Values(values).list(LUNS));
    }

    private Target target(InstanceId id, Values values, List<TargetStatus> statuses) {
        Optional<TargetStatus> status = statuses.stream()
                .filter(candidate -> candidate.name().equals(id.name()))
                .findFirst();
        Progress state = components.state(id);
        Progress progress = state instanceof Progress.Done ? serves(id.name()) : state;
        AccessList access = AccessList.parse(values.list(ACCESS));
        return new Target(
                id.name(),
                status.map(TargetStatus::iqn).orElse(values.text("iqn")),
                values.text("alias"),
                progress instanceof Progress.Done,
                VolumeView.detail(progress),
                status.map(TargetStatus::portals).orElse(values.list("portals")),
                luns(id.name(), values.values()).all(),
                MaskList.parse(values.list(MASKS)).masks(),
                List.copyOf(access.allowed()),
                List.copyOf(access.denied()),
                values.text("auth").isEmpty() ? "none" : values.text("auth"),
                values.list("accounts"),
                status.map(TargetStatus::sessions).orElse(0));
    }
}
