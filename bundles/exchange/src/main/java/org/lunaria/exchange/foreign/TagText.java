package org.lunaria.exchange.foreign;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;

/**
 * Reads tgt's files as Perl's Config::General does, which tgt has for it: a key and its value a line, {@code <key value>} and
 * {@code </key>} around what belongs together, a backslash in front of a line's end or of a {@code #} that is no comment.
 */
final class TagText {
    private static final Pattern OPEN = Pattern.compile("<\\s*([\\w-]+)\\s*([^>]*)>");
    private static final Pattern CLOSE = Pattern.compile("</\\s*([\\w-]+)\\s*>");
    private static final Pattern COMMENT = Pattern.compile("(?<!\\\\)#.*");
    private static final Pattern CONTINUED = Pattern.compile(".*(?<!\\\\)\\\\");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([$\"#\\\\])");
    private static final Pattern VALUE = Pattern.compile("\\s+");
    private static final int MAX_DEPTH = 8;

    private TagText() {}

    /** @return a statement without words that holds all others */
    static Statement parse(String text) {
        Deque<Statement> open = new ArrayDeque<>();
        open.push(Statement.of(0, List.of()));
        int number = 0;
        String before = "";
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = before + COMMENT.matcher(raw).replaceFirst("").trim();
            before = "";
            if (CONTINUED.matcher(line).matches()) {
                before = line.substring(0, line.length() - 1);
                continue;
            }
            Matcher begin = OPEN.matcher(line);
            Matcher end = CLOSE.matcher(line);
            if (end.matches()) {
                if (open.size() == 1 || !open.pop().keyword().equals(end.group(1))) {
                    throw new ApplianceException("line " + number + ": " + end.group(1) + " is not open here.");
                }
            } else if (begin.matches()) {
                Statement statement = Statement.of(number, words(begin.group(1) + " " + begin.group(2)));
                open.peek().children().add(statement);
                open.push(statement);
                if (open.size() > MAX_DEPTH) {
                    throw new ApplianceException("line " + number + ": too much is open here.");
                }
            } else if (!line.isEmpty()) {
                open.peek().children().add(Statement.of(number, words(line)));
            }
        }
        if (open.size() > 1) {
            throw new ApplianceException(
                    "line " + open.peek().line() + ": " + open.peek().keyword() + " is not closed.");
        }
        return open.pop();
    }

    /** Only what is behind the key may have an equals sign in front: a secret may have one in it. */
    private static List<String> words(String line) {
        String[] keyAndValue = line.split("\\s*=\\s*|\\s+", 2);
        return Stream.concat(
                        Stream.of(keyAndValue[0]),
                        Arrays.stream(keyAndValue).skip(1).flatMap(VALUE::splitAsStream))
                .map(word -> ESCAPED.matcher(word.replaceAll("^\"|\"$", "")).replaceAll("$1"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
