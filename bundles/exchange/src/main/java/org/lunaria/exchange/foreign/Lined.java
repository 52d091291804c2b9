package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of JSON or UCL with the line where it begins, which Jackson's own tree does not know. Immutable.
 *
 * @param text of a text, number or truth value; empty for others
 * @param fields of an object, in their order
 * @param items of a list
 */
record Lined(int line, String text, Map<String, Lined> fields, List<Lined> items) {
    private static final Lined NOTHING = new Lined(0, "", Map.of(), List.of());

    /** @param parser in front of the value */
    static Lined read(JsonParser parser) throws IOException {
        parser.nextToken();
        return value(parser);
    }

    /** The value of a key; one that holds nothing where there is none. */
    Lined get(String key) {
        return fields.getOrDefault(key, new Lined(line, "", Map.of(), List.of()));
    }

    String text(String key) {
        return get(key).text();
    }

    /** The values of a list; of anything else, itself. */
    List<Lined> each() {
        return items.isEmpty() ? List.of(this) : items;
    }

    /** A whole number, or another where there is none. */
    int number(String key, int otherwise) {
        return text(key).matches("\\d{1,9}") ? Integer.parseInt(text(key)) : otherwise;
    }

    boolean isTrue(String key) {
        return text(key).equals("true") || text(key).equals("1");
    }

    private static Lined value(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Lined> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return new Lined(line, "", fields, List.of());
        }
        if (token == JsonToken.START_ARRAY) {
            List<Lined> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return new Lined(line, "", Map.of(), items);
        }
        return token == null || token == JsonToken.VALUE_NULL
                ? NOTHING
                : new Lined(line, parser.getText(), Map.of(), List.of());
    }
}
