package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.lunaria.exchange.document.Format;
import org.lunaria.exchange.document.JsonText;
import org.lunaria.exchange.document.Section;

/** Whose file a text looks like, by statements that only that program's files have. Stateless. */
public final class Likeness {
    /** By keys at the top of an object of JSON. */
    private static final Map<Format, Set<String>> KEYS = Map.of(
            Format.LUNARIA, Set.of(Section.VERSION),
            Format.GOTGT, Set.of("storages", "iscsiportals", "iscsitargets"),
            Format.LIO, Set.of("storage_objects", "fabric_modules"),
            Format.CTL, Ctl.SECTIONS);

    /** By the beginning of a line. */
    private static final Map<Format, Pattern> LINES = Map.of(
            Format.TGT, Pattern.compile("(?m)^[ \\t]*(<target\\s+\\S+>|default-driver\\s+\\w+|include\\s+/etc/tgt/)"),
            Format.CTL,
                    Pattern.compile("(?m)^[ \\t]*((auth-group|portal-group|lun)\\s*[=:]?\\s*(\"?[\\w.-]+\"?\\s*)?\\{"
                            + "|target\\s*([=:]?\\s*\\{|\"?(iqn|eui|naa)\\.))"),
            Format.SCST, Pattern.compile("(?m)^[ \\t]*(HANDLER|TARGET_DRIVER)\\s+\\w+\\s*\\{"));

    private Likeness() {}

    /** Empty when it looks like nobody's, or like that of several. */
    public static Optional<Format> of(String text) {
        Set<String> keys = topKeys(text);
        Set<Format> alike = new HashSet<>();
        KEYS.forEach((format, own) -> {
            if (own.stream().anyMatch(keys::contains)) {
                alike.add(format);
            }
        });
        if (alike.isEmpty()) {
            LINES.forEach((format, line) -> {
                if (line.matcher(text).find()) {
                    alike.add(format);
                }
            });
        }
        return alike.size() == 1 ? Optional.of(List.copyOf(alike).get(0)) : Optional.empty();
    }

    /** As far as the text is JSON. */
    private static Set<String> topKeys(String text) {
        Set<String> keys = new HashSet<>();
        try (JsonParser parser = JsonText.parser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    keys.add(parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // Torn, or none at all: what stands in front of that has told what it can.
        }
        return keys;
    }
}
