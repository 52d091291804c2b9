package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;

/** Makes the document of a configuration. Confined to one thread; used once. */
public final class DocumentWriter {
    private final Catalog catalog;
    private final Configuration configuration;
    private final boolean withSecrets;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    /** Backends that stand with a volume. */
    private final Set<BackendOf> shown = new HashSet<>();

    public DocumentWriter(Catalog catalog, Configuration configuration, boolean withSecrets) {
        this.catalog = catalog;
        this.configuration = configuration;
        this.withSecrets = withSecrets;
    }

    public ObjectNode write() {
        document.put(Section.VERSION, Section.VERSION_NOW);
        volumes(document.putObject(Section.VOLUMES.key()));
        for (Section section : Section.values()) {
            if (section.isSingle()) {
                configuration
                        .values(section.pid(), "")
                        .ifPresent(values ->
                                put(document.putObject(section.key()), keys(section.pid(), Set.of()), values));
            } else if (section != Section.VOLUMES) {
                named(document.putObject(section.key()), section.pid());
            }
        }
        backends();
        others();
        return document;
    }

    private void volumes(ObjectNode volumes) {
        Keys keys = keys(Section.VOLUMES.pid(), Set.of(BackendOf.ID));
        configuration.instances(Section.VOLUMES.pid()).forEach((name, values) -> {
            ObjectNode volume = volumes.putObject(name);
            String id = BackendOf.idOf(name, values);
            BackendOf.id(configuration, id)
                    .filter(shown::add)
                    .ifPresentOrElse(
                            backend -> backend(volume, name, backend), () -> volume.put(Section.BACKEND_ID, id));
            put(volume, keys, without(values, BackendOf.ID));
        });
    }

    private void backend(ObjectNode where, String volume, BackendOf backend) {
        where.put(Section.KIND, backend.kind());
        if (!backend.id().equals(volume)) {
            where.put(Section.BACKEND_ID, backend.id());
        }
        if (!backend.name().equals(backend.id())) {
            where.put(Section.BACKEND_NAME, backend.name());
        }
        put(
                where.putObject(Section.BACKEND),
                keys(backend.pid(), Set.of(BackendOf.ID)),
                without(backend.values(), BackendOf.ID));
    }

    private void backends() {
        for (BackendOf backend : BackendOf.all(configuration).values()) {
            if (shown.add(backend)) {
                backend(document.withArray(Section.BACKENDS).addObject(), "", backend);
            }
        }
    }

    private void named(ObjectNode where, String pid) {
        Keys keys = keys(pid, Set.of());
        configuration.instances(pid).forEach((name, values) -> put(where.putObject(name), keys, values));
    }

    private void others() {
        configuration
                .instances()
                .forEach((pid, named) -> named.forEach((name, values) -> {
                    boolean shownAbove = BackendOf.isBackend(pid)
                            || Section.ofPid(pid)
                                    .filter(section -> section.isSingle() == name.isEmpty())
                                    .isPresent();
                    if (!shownAbove) {
                        ObjectNode others = document.withObjectProperty(Section.OTHERS);
                        put(others.withObjectProperty(pid).putObject(name), keys(pid, Set.of()), values);
                    }
                }));
    }

    private void put(ObjectNode where, Keys keys, SortedMap<String, String> values) {
        SortedMap<String, String> ordered = new TreeMap<>(keys.order());
        ordered.putAll(values);
        ordered.forEach((key, raw) -> {
            if (withSecrets || !ConfigurationDifference.isSecret(key)) {
                where.set(key, keys.toDocument(key, raw));
            }
        });
    }

    private Keys keys(String pid, Set<String> without) {
        return new Keys(catalog, pid, without);
    }

    private static SortedMap<String, String> without(Map<String, String> values, String key) {
        SortedMap<String, String> fewer = new TreeMap<>(values);
        fewer.remove(key);
        return fewer;
    }
}
