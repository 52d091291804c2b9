package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.Steps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration files as one, and how they become others together. Thread-safe. */
final class WholeConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(WholeConfiguration.class);

    /** Keys that a unit does not change while it is there: with others it is another unit. */
    static final Set<String> OF_ITS_BEGINNING =
            Set.of("type", "serial", "naa", "blockBytes", "removable", "rotationRate");

    private final Changes changes;
    private final EtcFolder etc;
    private final DataFolder data;
    private final BiFunction<InstanceId, Map<String, Object>, Progress> taken;

    /** @param taken whether those who serve a configuration have taken these values of it, which its component has */
    WholeConfiguration(
            Changes changes,
            EtcFolder etc,
            DataFolder data,
            BiFunction<InstanceId, Map<String, Object>, Progress> taken) {
        this.changes = changes;
        this.etc = etc;
        this.data = data;
        this.taken = taken;
    }

    Configuration current() {
        return configurationOf(texts());
    }

    /** What files say. */
    Configuration configuration(SortedMap<String, String> files) {
        return configurationOf(parsed(files));
    }

    private SortedMap<InstanceId, CfgText> parsed(SortedMap<String, String> files) {
        SortedMap<InstanceId, CfgText> parsed = new TreeMap<>();
        files.forEach((name, text) -> InstanceId.ofFileName(name).ifPresent(id -> parsed.put(id, changes.text(text))));
        return parsed;
    }

    ConfigurationDifference preview(Configuration wanted) {
        return preview(present -> checked(wanted, present));
    }

    /** Likewise, of just the texts of files. */
    ConfigurationDifference previewFiles(SortedMap<String, String> texts) {
        return preview(present -> parsed(texts));
    }

    private ConfigurationDifference preview(UnaryOperator<SortedMap<InstanceId, CfgText>> wanted) {
        SortedMap<InstanceId, CfgText> present = texts();
        SortedMap<InstanceId, CfgText> texts = wanted.apply(present);
        StoreGuard.check(present, texts);
        return ConfigurationDifference.between(configurationOf(present), configurationOf(texts));
    }

    ConfigurationDifference apply(Configuration wanted, Steps steps) {
        return apply(present -> checked(wanted, present), steps);
    }

    /** Likewise, to just the texts of files. */
    ConfigurationDifference applyFiles(SortedMap<String, String> texts) {
        return apply(present -> parsed(texts), (done, all) -> {});
    }

    /** What files say that {@link #apply} would refuse, and {@link #applyFiles} does not. */
    List<String> remarks(SortedMap<String, String> files) {
        return newTwins(texts(), parsed(files));
    }

    private SortedMap<InstanceId, CfgText> checked(Configuration wanted, SortedMap<InstanceId, CfgText> present) {
        SortedMap<InstanceId, CfgText> texts = textsOf(wanted, present);
        newTwins(present, texts).stream().findFirst().ifPresent(sentence -> {
            throw new ApplianceException(sentence + " Nothing was changed.");
        });
        return texts;
    }

    /** What is so already is in nobody's way. */
    private static List<String> newTwins(
            SortedMap<InstanceId, CfgText> present, SortedMap<InstanceId, CfgText> wanted) {
        List<String> twins = new ArrayList<>(AccountUse.twins(wanted));
        twins.removeAll(AccountUse.twins(present));
        return twins;
    }

    private ConfigurationDifference apply(UnaryOperator<SortedMap<InstanceId, CfgText>> wanted, Steps steps) {
        try (Change change = changes.begin()) {
            SortedMap<InstanceId, CfgText> present = texts();
            SortedMap<InstanceId, CfgText> texts = wanted.apply(present);
            StoreGuard.check(present, texts);
            ConfigurationPlan plan = ConfigurationPlan.of(present, texts);
            plan.clear().forEach(change::tryWithout);
            int brought = 0;
            for (Map.Entry<InstanceId, CfgText> entry : plan.bring()) {
                bring(change, entry.getKey(), entry.getValue(), present);
                steps.done(++brought, plan.bring().size());
            }
            plan.remove().forEach(change::removeAtLast);
            change.commit();
            if (!plan.isEmpty()) {
                LOG.info(
                        "The configuration is another: {} come or change, {} go.",
                        plan.bring().size(),
                        plan.clear().size() + plan.remove().size());
            }
            return ConfigurationDifference.between(configurationOf(present), configurationOf(texts));
        }
    }

    private void bring(Change change, InstanceId id, CfgText text, SortedMap<InstanceId, CfgText> present) {
        try {
            CfgText before = present.get(id);
            if (change.has(id, text)) {
                change.keep(id, text);
                return;
            }
            if (before == null && id.isBackend()) {
                make(change, id, text);
            } else if (before == null) {
                change.tryOut(id, text);
            } else if (startsAnew(id, before, text)) {
                change.startAnew(id, text);
            } else {
                change.tryOut(id, text);
            }
            change.require(() -> taken.apply(id, text.values()));
        } catch (ApplianceException e) {
            throw new ApplianceException(id.fileName() + ": " + e.getMessage() + " Nothing was changed.", e);
        }
    }

    private void make(Change change, InstanceId id, CfgText text) {
        Values values = new Values(text.values());
        Optional<Path> path = Optional.of(values.text(StorePlan.PATH))
                .filter(there -> !there.isEmpty())
                .map(DataFolder::absolute);
        path.filter(data::owns).ifPresent(own -> data.prepare());
        if (values.flag(StorePlan.CREATE)) {
            path.filter(file -> !Stores.isThere(file)).ifPresent(file -> Stores.discardOnUndo(change, id, file));
            change.tryOut(id, text);
            change.tryOut(id, text.without(StorePlan.CREATE));
        } else {
            change.tryOut(id, text);
        }
    }

    /** Whether its component must end before it can have the values. */
    private static boolean startsAnew(InstanceId id, CfgText before, CfgText after) {
        Map<String, String> old = before.rawValues();
        Map<String, String> young = after.rawValues();
        return id.isBackend()
                || id.factoryPid().equals(InstanceId.UNIT)
                        && OF_ITS_BEGINNING.stream()
                                .anyMatch(key -> !old.getOrDefault(key, "").equals(young.getOrDefault(key, "")));
    }

    private SortedMap<InstanceId, CfgText> texts() {
        SortedMap<InstanceId, CfgText> texts = new TreeMap<>();
        for (InstanceId id : etc.instances()) {
            try {
                etc.read(id).ifPresent(text -> texts.put(id, changes.text(text)));
            } catch (IOException e) {
                // What cannot be read says nothing; appliance:status tells of it.
                LOG.debug("{} in {} cannot be read", id.fileName(), etc, e);
            }
        }
        return texts;
    }

    /** What the files are to say: as much as can be of what they say now. */
    private SortedMap<InstanceId, CfgText> textsOf(Configuration wanted, SortedMap<InstanceId, CfgText> present) {
        SortedMap<InstanceId, CfgText> texts = new TreeMap<>();
        wanted.instances()
                .forEach((pid, named) -> named.forEach((name, values) -> {
                    InstanceId id = id(pid, name);
                    CfgText before = present.getOrDefault(id, changes.newText());
                    SortedMap<String, String> lasting = new TreeMap<>(values);
                    if (id.isBackend()
                            && present.containsKey(id)
                            && !before.rawValues().containsKey(StorePlan.CREATE)) {
                        lasting.remove(StorePlan.CREATE);
                    }
                    texts.put(id, before.withRawValues(lasting));
                }));
        return texts;
    }

    /** What becomes the name of a file is looked at first. */
    private static InstanceId id(String pid, String name) {
        InstanceId id = new InstanceId(pid, name);
        boolean plain = Stream.of(pid, name).allMatch(part -> part.matches("[A-Za-z0-9._-]{0,100}"));
        if (!plain || !InstanceId.ofFileName(id.fileName()).equals(Optional.of(id))) {
            throw new ApplianceException("'" + id + "' cannot be a configuration: its PID begins with "
                    + InstanceId.NAMESPACE + ", and both it and its name are up to 100 letters, digits, dots,"
                    + " underscores and, in the name, dashes.");
        }
        return id;
    }

    private static Configuration configurationOf(SortedMap<InstanceId, CfgText> texts) {
        SortedMap<String, SortedMap<String, SortedMap<String, String>>> instances = new TreeMap<>();
        texts.forEach((id, text) -> instances
                .computeIfAbsent(id.factoryPid(), pid -> new TreeMap<>())
                .put(id.name(), text.rawValues()));
        return new Configuration(instances);
    }
}
