package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.Identity;

/** Reads volumes and backends. Confined to one thread. */
final class VolumeReader {
    private static final String SERIAL = "serial";
    private static final String NAA = "naa";
    private static final String PATH = "path";
    private static final String CREATE = "create";
    private static final String CDROM = "CDROM";

    /** Where volumes lie whose file is not named, as volume:create has it. */
    private static final String OWN_FOLDER = "${karaf.data}/volumes/";

    private final Catalog catalog;
    private final Configuration present;
    private final RandomGenerator random;
    private final List<Remark> remarks;

    VolumeReader(Catalog catalog, Configuration present, RandomGenerator random, List<Remark> remarks) {
        this.catalog = catalog;
        this.present = present;
        this.random = random;
        this.remarks = remarks;
    }

    /** @return the configuration with the volume in the place of what it had there */
    Configuration volume(Configuration wanted, String name, JsonNode volume) {
        String path = Section.VOLUMES.key() + "." + name;
        Map<String, JsonNode> fields = Section.fields(path, volume);
        String id = text(path, fields, Section.BACKEND_ID).orElse(name);
        Configuration changed = withoutVolume(wanted, name);
        if (fields.containsKey(Section.KIND)) {
            boolean disc = fields.containsKey("type")
                    && CDROM.equalsIgnoreCase(fields.get("type").asText());
            changed = backend(changed, path, fields, id, disc);
        } else if (!fields.containsKey(Section.BACKEND_ID) || fields.containsKey(Section.BACKEND)) {
            throw new ApplianceException(path + ": give its " + Section.KIND + ", such as file.");
        }
        List.of(Section.KIND, Section.BACKEND, Section.BACKEND_ID, Section.BACKEND_NAME)
                .forEach(fields::remove);
        SortedMap<String, String> there =
                present.values(Section.VOLUMES.pid(), name).orElseGet(TreeMap::new);
        SortedMap<String, String> unit =
                new Keys(catalog, Section.VOLUMES.pid(), Set.of(BackendOf.ID)).toFile(path, fields, there);
        boolean same = BackendOf.idOf(name, there).equals(id) && there.containsKey(BackendOf.ID);
        unit.put(BackendOf.ID, same ? there.get(BackendOf.ID) : RawText.toFile(id));
        identify(name, unit, there, wanted);
        return changed.with(Section.VOLUMES.pid(), name, unit);
    }

    /** A backend that is no volume's. */
    Configuration backend(Configuration wanted, String path, JsonNode backend) {
        Map<String, JsonNode> fields = Section.fields(path, backend);
        for (String key : List.of(Section.KIND, Section.BACKEND_ID)) {
            if (text(path, fields, key).isEmpty()) {
                throw new ApplianceException(path + ": give its " + key + ".");
            }
        }
        return backend(wanted, path, fields, fields.get(Section.BACKEND_ID).textValue(), false);
    }

    private Configuration backend(
            Configuration wanted, String path, Map<String, JsonNode> fields, String id, boolean disc) {
        String pid = BackendOf.pid(text(path, fields, Section.KIND).orElseThrow());
        String name = text(path, fields, Section.BACKEND_NAME).orElse(id);
        Optional<SortedMap<String, String>> there = present.values(pid, name);
        SortedMap<String, String> before = there.orElseGet(TreeMap::new);
        Keys keys = new Keys(catalog, pid, Set.of(BackendOf.ID));
        String backendPath = path + "." + Section.BACKEND;
        JsonNode object = fields.get(Section.BACKEND);
        SortedMap<String, String> values =
                keys.toFile(backendPath, object == null ? Map.of() : Section.fields(backendPath, object), before);
        boolean same = before.getOrDefault(BackendOf.ID, "").equals(RawText.toFile(id));
        values.put(BackendOf.ID, same ? before.get(BackendOf.ID) : RawText.toFile(id));
        if (keys.known().containsKey(PATH) && !values.containsKey(PATH)) {
            values.put(PATH, before.getOrDefault(PATH, OWN_FOLDER + name + ".img"));
        }
        if (keys.known().containsKey(CREATE) && !before.containsKey(CREATE)) {
            boolean makes = values.getOrDefault(CREATE, Boolean.toString(!disc)).equals("true");
            values.remove(CREATE);
            if (makes && there.isEmpty()) {
                values.put(CREATE, "true");
            }
        }
        return wanted.with(pid, name, values);
    }

    /** A document that says nothing of the identity of a volume does not change it. */
    private void identify(
            String name, SortedMap<String, String> unit, Map<String, String> there, Configuration wanted) {
        if (unit.containsKey(SERIAL) && unit.containsKey(NAA)) {
            return;
        }
        Set<String> taken = new HashSet<>();
        for (Configuration configuration : List.of(present, wanted)) {
            configuration.instances(Section.VOLUMES.pid()).values().forEach(other -> {
                taken.add(other.getOrDefault(SERIAL, "").toLowerCase(Locale.ROOT));
                taken.add(other.getOrDefault(NAA, "").toLowerCase(Locale.ROOT));
            });
        }
        Identity drawn = Identity.draw(random, taken::contains);
        List<String> drawnKeys = List.of(SERIAL, NAA).stream()
                .filter(key -> !unit.containsKey(key) && !there.containsKey(key))
                .toList();
        if (!drawnKeys.isEmpty()) {
            remarks.add(new Remark(
                    0,
                    "volume " + name + " gets a new " + String.join(" and ", drawnKeys)
                            + ", since none is given; another each time that this is read."));
        }
        unit.putIfAbsent(SERIAL, there.getOrDefault(SERIAL, drawn.serial()));
        unit.putIfAbsent(NAA, there.getOrDefault(NAA, drawn.naa()));
    }

    private static Configuration withoutVolume(Configuration wanted, String name) {
        Optional<SortedMap<String, String>> unit = wanted.values(Section.VOLUMES.pid(), name);
        if (unit.isEmpty()) {
            return wanted;
        }
        Optional<BackendOf> backend = BackendOf.id(wanted, BackendOf.idOf(name, unit.get()));
        Configuration less = wanted.without(Section.VOLUMES.pid(), name);
        return backend.isEmpty()
                ? less
                : less.without(backend.get().pid(), backend.get().name());
    }

    private static Optional<String> text(String path, Map<String, JsonNode> fields, String key) {
        JsonNode value = fields.get(key);
        if (value != null && !value.isTextual()) {
            throw new ApplianceException(path + "." + key + " = " + value + ": give " + Shape.TEXT.wanted() + ".");
        }
        return Optional.ofNullable(value).map(JsonNode::textValue);
    }
}
