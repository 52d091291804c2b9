package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values that are several, which files write with commas between them: as lists and objects. Each method is empty when it is
 * given something else. Stateless.
 */
final class Several {
    private static final String INITIATOR = "initiator";
    private static final String LUNS = "luns";
    private static final String NOTHING = "none";

    private Several() {}

    static Optional<JsonNode> list(String text) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        parts(text, ",").forEach(list::add);
        return Optional.of(list);
    }

    static Optional<String> listText(JsonNode node) {
        if (!node.isArray()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : node) {
            if (!part.isTextual() || part.textValue().contains(",")) {
                return Optional.empty();
            }
            parts.add(part.textValue());
        }
        return Optional.of(String.join(",", parts));
    }

    /** Of {@code NAME=VALUE,NAME=VALUE}. */
    static Optional<JsonNode> pairs(String text, String names) {
        ObjectNode pairs = JsonNodeFactory.instance.objectNode();
        for (String part : parts(text, ",")) {
            String name = before(part);
            if (!name.matches(names) || pairs.has(name)) {
                return Optional.empty();
            }
            pairs.put(name, part.substring(part.indexOf('=') + 1).trim());
        }
        return Optional.of(pairs);
    }

    static Optional<String> pairsText(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> pair : node.properties()) {
            if (!pair.getValue().isTextual() || (pair.getKey() + pair.getValue()).contains(",")) {
                return Optional.empty();
            }
            parts.add(pair.getKey() + "=" + pair.getValue().textValue());
        }
        return Optional.of(String.join(",", parts));
    }

    /** Of {@code INITIATOR=0+2:ro,INITIATOR=none}. */
    static Optional<JsonNode> masks(String text) {
        ArrayNode masks = JsonNodeFactory.instance.arrayNode();
        for (String part : parts(text, ",")) {
            if (before(part).isEmpty()) {
                return Optional.empty();
            }
            ObjectNode mask = masks.addObject().put(INITIATOR, before(part));
            ArrayNode luns = mask.putArray(LUNS);
            String shown = part.substring(part.indexOf('=') + 1).trim();
            for (String lun : shown.equals(NOTHING) ? List.<String>of() : parts(shown, "\\+")) {
                if (lun.matches("0|[1-9]\\d{0,4}")) {
                    luns.add(Integer.parseInt(lun));
                } else {
                    luns.add(lun);
                }
            }
        }
        return Optional.of(masks);
    }

    static Optional<String> masksText(JsonNode node) {
        List<String> masks = new ArrayList<>();
        for (JsonNode mask : node) {
            JsonNode luns = mask.path(LUNS);
            boolean wellFormed = mask.size() == 2 && mask.path(INITIATOR).isTextual() && luns.isArray();
            if (!wellFormed || mask.path(INITIATOR).textValue().contains(",")) {
                return Optional.empty();
            }
            List<String> shown = new ArrayList<>();
            luns.forEach(lun -> shown.add(lun.asText()));
            masks.add(mask.path(INITIATOR).textValue() + "=" + (shown.isEmpty() ? NOTHING : String.join("+", shown)));
        }
        return node.isArray() ? Optional.of(String.join(",", masks)) : Optional.empty();
    }

    private static List<String> parts(String text, String separator) {
        return Stream.of(text.split(separator))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String before(String pair) {
        return pair.substring(0, Math.max(pair.indexOf('='), 0)).trim();
    }
}
