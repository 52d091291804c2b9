package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.Targets;

/** Finds out what configuration a document wants. Confined to one thread; used once. */
public final class DocumentReader {
    private final Catalog catalog;
    private final Configuration present;
    private final VolumeReader volumes;
    private final List<Remark> remarks = new ArrayList<>();
    private Configuration wanted;

    public DocumentReader(Catalog catalog, Configuration present, Mode mode, RandomGenerator random) {
        this.catalog = catalog;
        this.present = present;
        wanted = mode == Mode.MERGE ? present : Configuration.EMPTY;
        volumes = new VolumeReader(catalog, present, random, remarks);
    }

    public Reading read(JsonNode document) {
        checkTop(document);
        Section.VOLUMES.objects(document).forEach((name, volume) -> wanted = volumes.volume(wanted, name, volume));
        int index = 0;
        for (JsonNode backend : document.path(Section.BACKENDS)) {
            wanted = volumes.backend(wanted, Section.BACKENDS + "[" + index++ + "]", backend);
        }
        for (Section section : Section.values()) {
            if (section.isSingle()) {
                JsonNode one = document.path(section.key());
                if (!one.isMissingNode()) {
                    put(section.key(), section.pid(), "", one);
                }
            } else if (section != Section.VOLUMES) {
                section.objects(document)
                        .forEach((name, one) -> put(section.key() + "." + name, section.pid(), name, one));
            }
        }
        Section.objects(Section.OTHERS, document.path(Section.OTHERS))
                .forEach((pid, named) -> Section.objects(Section.OTHERS + "." + pid, named)
                        .forEach((name, one) -> put(Section.OTHERS + "." + pid + "." + name, pid, name, one)));
        remarkLost();
        return new Reading(wanted, remarks);
    }

    private static void checkTop(JsonNode document) {
        if (!document.isObject()) {
            throw new ApplianceException("the document is no JSON object.");
        }
        JsonNode version = document.path(Section.VERSION);
        if (!version.isInt() || version.intValue() != Section.VERSION_NOW) {
            throw new ApplianceException(Section.VERSION + (version.isMissingNode() ? " is not set" : " = " + version)
                    + ": give " + Section.VERSION_NOW + ", which is all that this program knows.");
        }
        List<String> known = Stream.concat(
                        Stream.of(Section.SCHEMA, Section.VERSION, Section.BACKENDS, Section.OTHERS),
                        Arrays.stream(Section.values()).map(Section::key))
                .toList();
        document.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new ApplianceException("unknown key " + key + "; give " + String.join(", ", known) + ".");
            }
        });
        if (!document.path(Section.BACKENDS).isMissingNode()
                && !document.path(Section.BACKENDS).isArray()) {
            throw new ApplianceException(Section.BACKENDS + ": give a list of objects.");
        }
    }

    private void put(String path, String pid, String name, JsonNode one) {
        if (BackendOf.isBackend(pid)) {
            throw new ApplianceException(
                    path + ": give backends with their volumes, or under " + Section.BACKENDS + ".");
        }
        SortedMap<String, String> there = present.values(pid, name).orElseGet(TreeMap::new);
        SortedMap<String, String> values =
                new Keys(catalog, pid, Set.of()).toFile(path, Section.fields(path, one), there);
        there.forEach((key, raw) -> {
            if (ConfigurationDifference.isSecret(key)) {
                values.putIfAbsent(key, raw);
            }
        });
        if (pid.equals(Section.ACCOUNTS.pid()) && !values.containsKey("secret")) {
            throw new ApplianceException(path + ": there is no secret for this new account; give it in the document"
                    + " (appliance:export --with-secrets writes it), or make the account first: account:create " + name
                    + ".");
        }
        if (pid.equals(Section.TARGETS.pid()) && !values.containsKey("iqn")) {
            values.put("iqn", there.getOrDefault("iqn", Targets.IQN_PREFIX + name));
        }
        wanted = wanted.with(pid, name, values);
    }

    /** A volume that is named and not there is no reason to refuse: it may have been lost, and come back. */
    private void remarkLost() {
        wanted.instances(Section.TARGETS.pid()).forEach((name, values) -> {
            Map<String, String> luns = new LinkedHashMap<>();
            for (String part : values.getOrDefault("luns", "").split(",")) {
                int equals = part.indexOf('=');
                luns.put(part, part.substring(equals + 1).trim().replaceAll(":ro$", ""));
            }
            luns.forEach((part, volume) -> {
                if (!volume.isEmpty()
                        && wanted.values(Section.VOLUMES.pid(), volume).isEmpty()) {
                    remarks.add(new Remark(
                            0, "target " + name + " has volume " + volume + ", which there is not; nobody sees it."));
                }
            });
        });
    }
}
