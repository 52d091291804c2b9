package org.lunaria.exchange.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.SettingKey;

/**
 * How the value of a key stands in the document. What does not have its key's shape stands there as the text that it is in
 * the file, and is taken so. Stateless.
 */
enum Shape {
    TEXT("text"),
    NUMBER("a whole number"),
    /** Bytes: a number, or a text such as {@code 10G}. */
    SIZE("a number of bytes, or a text such as \"10G\""),
    FLAG("true or false"),
    LIST("a list of texts"),
    LUNS("an object such as {\"0\": \"VOLUME\", \"1\": \"OTHER:ro\"}"),
    MASKS("a list of objects such as {\"initiator\": \"iqn...\", \"luns\": [0, \"2:ro\"]}"),
    REDIRECT("an object such as {\"PORTAL\": \"temporary:10.0.0.2:3260\"}");

    /** From so many bytes on, a size is told as people say it. */
    private static final long SPOKEN_BYTES = 1 << 20;

    /** What is more than one value, by the part of the document and the key. */
    private static final Map<Section, Map<String, Shape>> SEVERAL = Map.of(
            Section.TARGETS,
            Map.of(
                    "portals", LIST,
                    "access", LIST,
                    "accounts", LIST,
                    "chapDigests", LIST,
                    "luns", LUNS,
                    "masks", MASKS,
                    "redirect", REDIRECT),
            Section.PORTALS,
            Map.of("discoveryAccounts", LIST, "discoveryChapDigests", LIST),
            Section.ISNS,
            Map.of("servers", LIST));

    private final String wanted;

    Shape(String wanted) {
        this.wanted = wanted;
    }

    /** @param pid whose key it is */
    static Shape of(String pid, SettingKey key) {
        Optional<Shape> several = Section.ofPid(pid)
                .map(section -> SEVERAL.getOrDefault(section, Map.of()).get(key.name()));
        return several.orElseGet(() -> switch (key.type()) {
            case NUMBER -> key.name().endsWith("Bytes") || key.name().endsWith("BytesPerSecond") ? SIZE : NUMBER;
            case FLAG -> FLAG;
            case TEXT -> TEXT;
        });
    }

    /** What it takes, for people. */
    String wanted() {
        return wanted;
    }

    JsonNode toDocument(String raw) {
        String text = RawText.toDocument(raw);
        Optional<? extends JsonNode> node = switch (this) {
            case TEXT -> Optional.empty();
            case NUMBER -> number(text);
            case SIZE -> number(text).map(Shape::spoken);
            case FLAG -> flag(text);
            case LIST -> Several.list(text);
            case LUNS -> Several.pairs(text, "\\d{1,5}");
            case REDIRECT -> Several.pairs(text, ".+");
            case MASKS -> Several.masks(text);
        };
        return node.isPresent() ? node.get() : JsonNodeFactory.instance.textNode(text);
    }

    /** The text for the file; empty when the value is not what the key takes. */
    Optional<String> toFile(JsonNode node) {
        return text(node).map(RawText::toFile);
    }

    private Optional<String> text(JsonNode node) {
        if (node.isTextual()) {
            return this == SIZE ? Optional.of(bytes(node.textValue())) : Optional.of(node.textValue());
        }
        return switch (this) {
            case TEXT -> Optional.empty();
            case NUMBER, SIZE -> node.isIntegralNumber() ? Optional.of(node.asText()) : Optional.empty();
            case FLAG -> node.isBoolean() ? Optional.of(node.asText()) : Optional.empty();
            case LIST -> Several.listText(node);
            case LUNS, REDIRECT -> Several.pairsText(node);
            case MASKS -> Several.masksText(node);
        };
    }

    private static Optional<JsonNode> number(String text) {
        return text.matches("0|-?[1-9]\\d{0,17}")
                ? Optional.of(JsonNodeFactory.instance.numberNode(Long.parseLong(text)))
                : Optional.empty();
    }

    private static JsonNode spoken(JsonNode number) {
        long bytes = number.longValue();
        if (bytes < SPOKEN_BYTES) {
            return number;
        }
        String text = new ByteSize(bytes).toString();
        return ByteSize.parse(text).bytes() == bytes ? JsonNodeFactory.instance.textNode(text) : number;
    }

    private static Optional<JsonNode> flag(String text) {
        return text.equals("true") || text.equals("false")
                ? Optional.of(JsonNodeFactory.instance.booleanNode(text.equals("true")))
                : Optional.empty();
    }

    /** What is no size is for the key's own component to refuse. */
    private static String bytes(String text) {
        return text.matches("(?i)[\\d.]+([KMGTPE](I?B)?|B)")
                ? Long.toString(ByteSize.parse(text).bytes())
                : text;
    }
}
