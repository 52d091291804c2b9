package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.lunaria.admin.SettingKey;

/** Makes the schema (JSON Schema draft 2020-12) of documents. Confined to one thread; used once. */
final class SchemaWriter {
    private static final String DEFINITIONS = "#/$defs/";
    private static final String PROPERTIES = "properties";

    /** What the file resolves when it is read may stand for anything. */
    private static final String RESOLVED = "\\$\\{.+\\}";

    private static final String SIZE = "^\\d+$|^\\d+(\\.\\d{1,3})?([KMGTPE]i?B?|B)$";

    private final Catalog catalog;
    private final Map<String, String> kinds;
    private final ObjectNode schema = JsonNodeFactory.instance.objectNode();
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    /** @param kinds of backends, with their descriptions */
    SchemaWriter(Catalog catalog, Map<String, String> kinds) {
        this.catalog = catalog;
        this.kinds = new TreeMap<>(kinds);
    }

    ObjectNode write() {
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Lunaria configuration");
        schema.put("description", "What appliance:export writes and appliance:import reads");
        schema.put("type", "object");
        schema.putArray("required").add(Section.VERSION);
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject(PROPERTIES);
        properties.putObject(Section.SCHEMA).put("type", "string");
        properties.putObject(Section.VERSION).put("const", Section.VERSION_NOW);
        for (Section section : Section.values()) {
            String definition = section == Section.VOLUMES ? "volume" : section.key();
            if (section.isSingle()) {
                properties.putObject(section.key()).put("$ref", DEFINITIONS + definition);
            } else {
                named(properties.putObject(section.key()), definition);
            }
            object(definition, section.pid(), section == Section.VOLUMES ? Set.of(BackendOf.ID) : Set.of());
        }
        properties
                .putObject(Section.BACKENDS)
                .put("description", "Backends that hold no volume's bytes")
                .put("type", "array")
                .putObject("items")
                .put("$ref", DEFINITIONS + Section.BACKENDS);
        properties
                .putObject(Section.OTHERS)
                .put("description", "Other configurations, by PID and name")
                .put("type", "object");
        ObjectNode volume = (ObjectNode) definitions.get("volume");
        withBackend(volume);
        ObjectNode backend = definitions.putObject(Section.BACKENDS);
        backend.put("type", "object").put("additionalProperties", false).putObject(PROPERTIES);
        withBackend(backend);
        backend.putArray("required").add(Section.KIND).add(Section.BACKEND_ID);
        shapes();
        schema.set("$defs", definitions);
        return schema;
    }

    private static void named(ObjectNode where, String definition) {
        where.put("type", "object");
        where.putObject("propertyNames").put("pattern", "^[A-Za-z0-9._-]{1,100}$");
        where.putObject("additionalProperties").put("$ref", DEFINITIONS + definition);
    }

    /** The keys that say which backend, and that its own keys are those of its kind. */
    private void withBackend(ObjectNode where) {
        ObjectNode properties = (ObjectNode) where.get(PROPERTIES);
        properties
                .putObject(Section.KIND)
                .put("type", "string")
                .put(
                        "description",
                        "Kind of the backend; " + String.join(", ", kinds.keySet()) + " come with the program");
        properties
                .putObject(Section.BACKEND_ID)
                .put("type", "string")
                .put("description", "Where the backend is not called like the volume");
        properties
                .putObject(Section.BACKEND_NAME)
                .put("type", "string")
                .put("description", "Where its file is not called like the backend");
        properties.putObject(Section.BACKEND).put("type", "object");
        kinds.keySet().forEach(kind -> {
            String definition = "backend." + kind;
            object(definition, BackendOf.pid(kind), Set.of(BackendOf.ID));
            ((ObjectNode) definitions.get(definition)).put("description", kinds.get(kind));
            ObjectNode rule = where.withArray("allOf").addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject(PROPERTIES).putObject(Section.KIND).put("const", kind);
            condition.putArray("required").add(Section.KIND);
            rule.putObject("then")
                    .putObject(PROPERTIES)
                    .putObject(Section.BACKEND)
                    .put("$ref", DEFINITIONS + definition);
        });
    }

    private void object(String definition, String pid, Set<String> without) {
        ObjectNode object = definitions.putObject(definition);
        object.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = object.putObject(PROPERTIES);
        Keys keys = new Keys(catalog, pid, without);
        Map<String, SettingKey> ordered = new TreeMap<>(keys.order());
        ordered.putAll(keys.known());
        ordered.values().forEach(key -> property(properties.putObject(key.name()), pid, key));
    }

    private static void property(ObjectNode property, String pid, SettingKey key) {
        property.put("description", key.description());
        Shape shape = Shape.of(pid, key);
        if (!key.defaultValue().isEmpty()) {
            property.set("default", shape.toDocument(key.defaultValue()));
        }
        if (key.choices().isEmpty()) {
            property.put("$ref", DEFINITIONS + shape.name().toLowerCase(Locale.ROOT));
        } else {
            key.choices().forEach(property.withArray("enum")::add);
        }
    }

    private void shapes() {
        shape(Shape.TEXT, type("string"));
        shape(Shape.NUMBER, type("integer"), resolved());
        shape(Shape.SIZE, type("integer"), type("string").put("pattern", SIZE), resolved());
        shape(Shape.FLAG, type("boolean"), resolved());
        ObjectNode list = type("array");
        list.set("items", type("string").put("pattern", "^[^,]*$"));
        shape(Shape.LIST, list, resolved());
        ObjectNode luns = type("object");
        luns.putObject("propertyNames").put("pattern", "^\\d{1,5}$");
        luns.set("additionalProperties", type("string").put("pattern", "^[^,]+$"));
        shape(Shape.LUNS, luns, resolved());
        ObjectNode redirect = type("object");
        redirect.set("additionalProperties", type("string").put("pattern", "^[^,]+$"));
        shape(Shape.REDIRECT, redirect, resolved());
        ObjectNode mask = type("object");
        mask.putArray("required").add("initiator").add("luns");
        mask.put("additionalProperties", false);
        mask.putObject(PROPERTIES).set("initiator", type("string").put("pattern", "^[^,]+$"));
        ObjectNode seen = type("array");
        seen.putObject("items").putArray("type").add("integer").add("string");
        ((ObjectNode) mask.get(PROPERTIES)).set("luns", seen);
        ObjectNode masks = type("array");
        masks.set("items", mask);
        shape(Shape.MASKS, masks, resolved());
    }

    private void shape(Shape shape, JsonNode... forms) {
        ObjectNode definition = definitions.putObject(shape.name().toLowerCase(Locale.ROOT));
        if (forms.length == 1) {
            definition.setAll((ObjectNode) forms[0]);
        } else {
            definition.putArray("anyOf").addAll(List.of(forms));
        }
    }

    private static ObjectNode type(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static ObjectNode resolved() {
        return type("string").put("pattern", RESOLVED);
    }
}
