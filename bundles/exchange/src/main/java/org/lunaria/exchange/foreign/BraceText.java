package org.lunaria.exchange.foreign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.lunaria.admin.ApplianceException;

/**
 * Reads what SCST's and FreeBSD's files share: a statement a line, or with a semicolon behind it; words with blanks between
 * them or in double quotes; {@code #} for comments; braces around what belongs to a statement. Confined to one thread.
 */
final class BraceText {
    /** Nobody's configuration goes deeper. */
    private static final int MAX_DEPTH = 32;

    private final Deque<Statement> open = new ArrayDeque<>();
    private final List<String> words = new ArrayList<>();
    private int line = 1;
    private int firstLine = 1;

    private BraceText() {
        open.push(Statement.of(0, List.of()));
    }

    /** @return a statement without words that holds all others */
    static Statement parse(String text) {
        return new BraceText().read(text);
    }

    private Statement read(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = endOfLine(text, at);
            } else if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0 || text.substring(at, end).contains("\n")) {
                    throw new ApplianceException("line " + line + ": a quotation mark is not closed.");
                }
                word(text.substring(at + 1, end));
                at = end + 1;
            } else if ("{};\n".indexOf(c) >= 0) {
                mark(c);
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                int end = at;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && "{};\"".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                word(text.substring(at, end));
                at = end;
            }
        }
        end();
        if (open.size() > 1) {
            throw new ApplianceException("line " + open.peek().line() + ": a brace is not closed.");
        }
        return open.pop();
    }

    private void mark(char c) {
        switch (c) {
            case '{' -> {
                if (words.isEmpty() || open.size() > MAX_DEPTH) {
                    throw new ApplianceException("line " + line + ": a brace stands where none can.");
                }
                open.push(end());
            }
            case '}' -> {
                end();
                if (open.size() == 1) {
                    throw new ApplianceException("line " + line + ": there is a brace too many.");
                }
                open.pop();
            }
            default -> {
                end();
                line += c == '\n' ? 1 : 0;
            }
        }
    }

    private void word(String word) {
        if (words.isEmpty()) {
            firstLine = line;
        }
        words.add(word);
    }

    private Statement end() {
        Statement statement = Statement.of(firstLine, words);
        if (!words.isEmpty()) {
            open.peek().children().add(statement);
            words.clear();
        }
        return statement;
    }

    private static int endOfLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }
}
