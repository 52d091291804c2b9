package org.lunaria.admin.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Portal;
import org.lunaria.admin.Portals;
import org.lunaria.admin.SettingKey;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.PortalStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes portals. Thread-safe. */
final class PortalAdministration implements Portals {
    private static final Logger LOG = LoggerFactory.getLogger(PortalAdministration.class);
    private static final int MAX_16_BITS = 65535;

    private final Changes changes;
    private final Configurations configurations;
    private final Components components;
    private final Supplier<Optional<IscsiTransport>> transport;
    private final Supplier<List<SettingKey>> keys;
    private final AccountUse accounts;

    PortalAdministration(
            Changes changes,
            Configurations configurations,
            Components components,
            Supplier<Optional<IscsiTransport>> transport,
            Supplier<List<SettingKey>> keys,
            AccountUse accounts) {
        this.changes = changes;
        this.configurations = configurations;
        this.components = components;
        this.transport = transport;
        this.keys = keys;
        this.accounts = accounts;
    }

    @Override
    public Portal create(String name, String address, int port, int tag) {
        NameRule.check("portal", name);
        checkRange("port", port);
        checkRange("tag", tag);
        try (Change change = changes.begin()) {
            requireNew(name, address, port);
            InstanceId id = InstanceId.portal(name);
            change.tryOut(
                    id,
                    changes.newText()
                            .with("address", address)
                            .with("port", Integer.toString(port))
                            .with("tag", Integer.toString(tag)));
            change.require(() -> listens(name));
            change.commit();
        }
        LOG.info("Portal {} is made: {} port {}.", name, address, port);
        return get(name);
    }

    @Override
    public List<SettingKey> keys() {
        return keys.get();
    }

    @Override
    public Portal set(String name, Map<String, String> settings) {
        try (Change change = changes.begin()) {
            InstanceId id = InstanceId.portal(get(name).name());
            String subject = "portal " + name;
            CfgText text = Edit.of(subject, changes.textOf(id), keys(), settings);
            accounts.check(subject, AccountUse.Keys.OF_PORTAL, settings, text);
            change.tryOut(id, text);
            change.require(() -> Verdict.of(transport.get(), id, text.values()));
            change.commit();
            LOG.info("Portal {} is set: {}.", name, settings);
        }
        return get(name);
    }

    @Override
    public List<Portal> list() {
        List<PortalStatus> statuses =
                transport.get().map(IscsiTransport::portals).orElse(List.of());
        return configurations.list(InstanceId.PORTAL).entrySet().stream()
                .map(entry -> portal(entry.getKey(), new Values(entry.getValue()), statuses))
                .toList();
    }

    @Override
    public void delete(String name) {
        try (Change change = changes.begin()) {
            InstanceId id = InstanceId.portal(get(name).name());
            change.remove(id);
            change.awaitGone(id);
            LOG.info("Portal {} is deleted.", name);
        }
    }

    private Portal get(String name) {
        return list().stream()
                .filter(portal -> portal.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException(
                        "portal '" + name + "' does not exist; portal:list shows those that do."));
    }

    private void requireNew(String name, String address, int port) {
        for (Portal portal : list()) {
            if (portal.name().equals(name)) {
                throw new ApplianceException("portal '" + name + "' exists already; choose another name.");
            }
            if (portal.address().equals(address) && portal.port() == port) {
                throw new ApplianceException("address " + address + " port " + port + " is portal " + portal.name()
                        + " already; choose another port.");
            }
        }
    }

    private Progress listens(String name) {
        Optional<PortalStatus> status = transport.get().map(IscsiTransport::portals).orElse(List.of()).stream()
                .filter(portal -> portal.name().equals(name))
                .findFirst();
        if (status.isEmpty()) {
            return new Progress.Pending("the iSCSI transport does not know portal " + name + "; see appliance:status.");
        }
        if (status.get().listening()) {
            return Progress.DONE;
        }
        String detail = status.get().detail();
        return detail.isEmpty()
                ? new Progress.Pending("portal " + name + " does not listen; see the log.")
                : new Progress.Failed(detail);
    }

    private Portal portal(InstanceId id, Values values, List<PortalStatus> statuses) {
        Optional<PortalStatus> status = statuses.stream()
                .filter(candidate -> candidate.name().equals(id.name()))
                .findFirst();
        Progress state = components.state(id);
        Progress progress = state instanceof Progress.Done ? listens(id.name()) : state;
        return new Portal(
                id.name(),
                status.map(PortalStatus::address).orElse(values.text("address")),
                status.map(PortalStatus::port).orElse((int) values.number("port", DEFAULT_PORT)),
                status.map(PortalStatus::tag).orElse((int) values.number("tag", DEFAULT_TAG)),
                progress instanceof Progress.Done,
                VolumeView.detail(progress),
                status.map(PortalStatus::connections).orElse(0));
    }

    private static void checkRange(String key, int value) {
        if (value < 1 || value > MAX_16_BITS) {
            throw new ApplianceException(key + " " + value + ": give 1 to " + MAX_16_BITS + ".");
        }
    }
}
