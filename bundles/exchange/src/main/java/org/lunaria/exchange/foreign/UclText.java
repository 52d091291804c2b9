package org.lunaria.exchange.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.admin.ApplianceException;

/**
 * Reads libucl's text, of which JSON is a part: keys with {@code =}, {@code :} or nothing between them and their values, texts
 * with or without quotation marks, and a key that stands several times for a list. Macros and texts of several lines are not
 * known; no target's file needs them. Confined to one thread.
 */
final class UclText {
    /** Nobody's configuration goes deeper. */
    private static final int MAX_DEPTH = 32;

    private static final char END = 0;
    private static final Pattern SPACE = Pattern.compile("(?:\\s|#.*|/\\*(?s:.*?)\\*/)");
    private static final Pattern SPACE_OR_MARK = Pattern.compile("(?:[\\s,;]|#.*|/\\*(?s:.*?)\\*/)");
    private static final String QUOTED = "\"((?:[^\"\\\\\\n]++|\\\\.)*+)\"|'([^'\\n]*)'|";
    private static final Pattern KEY = Pattern.compile(QUOTED + "([^\\s=:{}\\[\\],;#\"']+)");
    private static final Pattern TEXT = Pattern.compile(QUOTED + "([^\\s{}\\[\\],;#\"'][^\\n}\\],;#]*)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(\\p{XDigit}{4})|(.))");

    /** Keys that stand in front of a brace: {@code target "iqn.x" {} is {@code target { "iqn.x" {}}. */
    private static final Pattern NAMED =
            Pattern.compile("[^\\n=:{}\\[\\],;#\"']*(?:\"[^\"\\n]*\"[^\\n=:{}\\[\\],;#\"']*)?\\{");

    private final String text;
    private final Matcher matcher;
    private int at;
    private int line = 1;

    private UclText(String text) {
        this.text = text;
        matcher = SPACE.matcher(text);
    }

    /** @throws ApplianceException that names the line when it is torn */
    static Lined parse(String text) {
        UclText ucl = new UclText(text);
        ucl.skip(SPACE);
        Lined all = ucl.peek() == '{' ? ucl.object(1) : ucl.fields(END, 1);
        ucl.skip(SPACE_OR_MARK);
        if (ucl.peek() != END) {
            throw ucl.refusal("there is a brace too many");
        }
        return all;
    }

    private Lined object(int depth) {
        at++;
        return fields('}', depth);
    }

    private Lined fields(char last, int depth) {
        int first = line;
        Map<String, Lined> fields = new LinkedHashMap<>();
        while (!closed(last, first, depth)) {
            field(fields, depth);
        }
        return new Lined(first, "", fields, List.of());
    }

    private Lined list(int depth) {
        int first = line;
        List<Lined> items = new ArrayList<>();
        at++;
        while (!closed(']', first, depth)) {
            items.add(value(depth));
        }
        return new Lined(first, "", Map.of(), items);
    }

    /** Whether here is the end of what began in that line. */
    private boolean closed(char last, int first, int depth) {
        if (depth > MAX_DEPTH) {
            throw refusal("a brace stands where none can");
        }
        skip(SPACE_OR_MARK);
        if (peek() == last) {
            at += last == END ? 0 : 1;
            return true;
        }
        if (peek() == END) {
            line = first;
            throw refusal("a brace is not closed");
        }
        return false;
    }

    private void field(Map<String, Lined> fields, int depth) {
        String key = word(KEY);
        skip(SPACE);
        int first = line;
        Lined value;
        if (peek() != '{' && finds(NAMED)) {
            Map<String, Lined> named = new LinkedHashMap<>();
            field(named, depth + 1);
            value = new Lined(first, "", named, List.of());
        } else {
            at += peek() == '=' || peek() == ':' ? 1 : 0;
            skip(SPACE);
            value = value(depth);
        }
        fields.merge(key, value, UclText::both);
    }

    private Lined value(int depth) {
        return switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> list(depth + 1);
            default -> new Lined(line, word(TEXT), Map.of(), List.of());
        };
    }

    private static Lined both(Lined one, Lined other) {
        List<Lined> items = new ArrayList<>(one.each());
        items.addAll(other.each());
        return new Lined(one.line(), "", Map.of(), items);
    }

    /** A key or a text, without its quotation marks. */
    private String word(Pattern pattern) {
        if (!finds(pattern)) {
            throw refusal(
                    switch (peek()) {
                        case '"', '\'' -> "a quotation mark is not closed";
                        case '}' -> pattern == KEY ? "there is a brace too many" : "a value is expected";
                        default -> "a key or a value is expected";
                    });
        }
        at = matcher.end();
        if (matcher.group(1) != null) {
            return ESCAPE.matcher(matcher.group(1)).replaceAll(escape -> Matcher.quoteReplacement(meant(escape)));
        }
        return matcher.group(2) != null ? matcher.group(2) : matcher.group(3).strip();
    }

    private static String meant(MatchResult escape) {
        if (escape.group(1) != null) {
            return Character.toString(Integer.parseInt(escape.group(1), 16));
        }
        return switch (escape.group(2)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "b" -> "\b";
            case "f" -> "\f";
            default -> escape.group(2);
        };
    }

    private void skip(Pattern pattern) {
        while (finds(pattern)) {
            line += (int) matcher.group().chars().filter(c -> c == '\n').count();
            at = matcher.end();
        }
    }

    private boolean finds(Pattern pattern) {
        return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private ApplianceException refusal(String reason) {
        return new ApplianceException("line " + line + ": " + reason + ".");
    }
}
