package org.lunaria.admin.internal;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Mask;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, changes and removes targets. Thread-safe. */
final class TargetAdministration implements Targets {
    private static final Logger LOG = LoggerFactory.getLogger(TargetAdministration.class);

    private final Changes changes;
    private final TargetView view;
    private final Predicate<String> volumeExists;
    private final Supplier<List<SettingKey>> keys;
    private final AccountUse accounts;

    TargetAdministration(
            Changes changes,
            TargetView view,
            Predicate<String> volumeExists,
            Supplier<List<SettingKey>> keys,
            AccountUse accounts) {
        this.changes = changes;
        this.view = view;
        this.volumeExists = volumeExists;
        this.keys = keys;
        this.accounts = accounts;
    }

    @Override
    public Target create(String nameOrIqn) {
        String name = NameRule.targetName(nameOrIqn);
        String iqn = NameRule.targetIqn(nameOrIqn);
        try (Change change = changes.begin()) {
            for (Target target : list()) {
                if (target.name().equals(name) || target.iqn().equals(iqn)) {
                    throw new ApplianceException(
                            "target " + target.name() + " (" + target.iqn() + ") exists already; choose another name.");
                }
            }
            change.tryOut(InstanceId.target(name), changes.newText().with("iqn", iqn));
            change.require(() -> view.serves(name));
            change.commit();
        }
        LOG.info("Target {} is made: {}.", name, iqn);
        return get(name);
    }

    @Override
    public List<Target> list() {
        return view.list();
    }

    @Override
    public Target get(String target) {
        return view.find(target)
                .orElseThrow(() -> new ApplianceException(
                        "target '" + target + "' does not exist; target:list shows those that do."));
    }

    @Override
    public void delete(String target) {
        try (Change change = changes.begin()) {
            InstanceId id = InstanceId.target(get(target).name());
            change.remove(id);
            change.awaitGone(id);
            LOG.info("Target {} is deleted.", id.name());
        }
    }

    @Override
    public Mapping map(String target, String volume, OptionalInt lun, boolean readOnly) {
        try (Change change = changes.begin()) {
            String name = get(target).name();
            if (!volumeExists.test(volume)) {
                throw new ApplianceException(
                        "volume '" + volume + "' does not exist; volume:list shows those that do.");
            }
            LunList luns = luns(name);
            Mapping mapping = new Mapping(name, lun.orElseGet(luns::nextFree), volume, readOnly);
            set(change, name, TargetView.LUNS, luns.with(mapping).toString());
            LOG.info("Target {} presents volume {} as lun {}.", name, volume, mapping.lun());
            return mapping;
        }
    }

    @Override
    public List<Mapping> unmap(String target, String volume, OptionalInt lun) {
        try (Change change = changes.begin()) {
            String name = get(target).name();
            LunList luns = luns(name);
            List<Mapping> gone = luns.ofVolume(volume).stream()
                    .filter(mapping -> lun.isEmpty() || lun.getAsInt() == mapping.lun())
                    .toList();
            if (gone.isEmpty()) {
                throw new ApplianceException("target " + name + " does not present volume '" + volume + "'"
                        + (lun.isPresent() ? " as lun " + lun.getAsInt() : "") + "; see target:show " + name + ".");
            }
            set(change, name, TargetView.LUNS, luns.without(gone).toString());
            LOG.info("Target {} presents volume {} no longer.", name, volume);
            return gone;
        }
    }

    @Override
    public List<SettingKey> keys() {
        return keys.get();
    }

    @Override
    public Target set(String target, Map<String, String> settings) {
        String name = get(target).name();
        InstanceId id = InstanceId.target(name);
        try (Change change = changes.begin()) {
            String subject = "target " + name;
            CfgText text = Edit.of(subject, changes.textOf(id), keys(), settings);
            accounts.check(subject, AccountUse.Keys.OF_TARGET, settings, text);
            tryOut(change, id, text);
            change.commit();
            LOG.info("Target {} is set: {}.", name, settings);
        }
        return get(name);
    }

    @Override
    public Target allow(String target, String initiator) {
        return edit(
                target,
                TargetView.ACCESS,
                (name, entries) -> AccessList.parse(entries).allow(initiator));
    }

    @Override
    public Target deny(String target, String initiator) {
        return edit(
                target,
                TargetView.ACCESS,
                (name, entries) -> AccessList.parse(entries).deny(initiator));
    }

    @Override
    public Target mask(String target, String initiator, List<Mask.Shown> luns) {
        Mask mask = new Mask(NameRule.initiator(initiator), luns);
        return edit(
                target,
                TargetView.MASKS,
                (name, entries) -> MaskList.parse(entries).with(mask));
    }

    @Override
    public Target unmask(String target, String initiator) {
        return edit(
                target,
                TargetView.MASKS,
                (name, entries) -> MaskList.parse(entries)
                        .without(initiator)
                        .orElseThrow(() -> new ApplianceException("target " + name + " has no mask for '" + initiator
                                + "'; see target:show " + name + ".")));
    }

    /**
     * Changes a key that is a list.
     *
     * @param edit makes of the target's name and the entries what is to stand there
     */
    private Target edit(String target, String key, BiFunction<String, List<String>, Object> edit) {
        String name = get(target).name();
        try (Change change = changes.begin()) {
            String changed = edit.apply(name, entries(name, key)).toString();
            set(change, name, key, changed);
            LOG.info("Target {} has {} = {}.", name, key, changed);
        }
        return get(name);
    }

    private LunList luns(String name) {
        return LunList.parse(name, entries(name, TargetView.LUNS));
    }

    private List<String> entries(String name, String key) {
        return new Values(changes.textOf(InstanceId.target(name)).values()).list(key);
    }

    private void set(Change change, String name, String key, String value) {
        InstanceId id = InstanceId.target(name);
        tryOut(change, id, changes.textOf(id).with(key, value));
        change.commit();
    }

    private void tryOut(Change change, InstanceId id, CfgText text) {
        change.tryOut(id, text);
        change.require(() -> view.taken(id, text.values()));
    }
}
