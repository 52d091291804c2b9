package org.lunaria.exchange.foreign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.lunaria.admin.ApplianceException;

/**
 * Reads what SCST's and FreeBSD's files share: a statement a line; words with blanks between them or in double quotes; {@code #}
 * for comments; braces around what belongs to a statement. Confined to one thread.
 */
final class BraceText {
    /** Nobody's configuration goes deeper. */
    private static final int MAX_DEPTH = 32;

    private static final Pattern SCST_COMMENT = Pattern.compile("(?md)^#.*|[^\\\\\\n]#.*");
    private static final Pattern SCST_ESCAPE = Pattern.compile("\\\\(.)");

    private static final String CTL_MARKS = "{};\"#";
    private static final String SCST_MARKS = "{}\"";

    /** What ends a word that is not in quotes, beside blanks. */
    private final String marks;

    private final Deque<Statement> open = new ArrayDeque<>();
    private final List<String> words = new ArrayList<>();
    private int line = 1;
    private int firstLine = 1;

    private BraceText(String marks) {
        this.marks = marks;
        open.push(Statement.of(0, List.of()));
    }

    /**
     * As ctld does (token.l): a semicolon ends a statement too, and a hash begins a comment wherever it is not in quotes.
     *
     * @return a statement without words that holds all others
     */
    static Statement ofCtl(String text) {
        return new BraceText(CTL_MARKS).read(text);
    }

    /**
     * As scstadmin does (readConfigFile): comments and backslashes go first, line by line, whether or not they are in quotes. A
     * hash begins a comment unless a backslash is in front of it, and takes the character that is along.
     *
     * @return a statement without words that holds all others
     */
    static Statement ofScst(String text) {
        String plain = SCST_COMMENT.matcher(text).replaceAll("");
        return new BraceText(SCST_MARKS).read(SCST_ESCAPE.matcher(plain).replaceAll("$1"));
    }

    private Statement read(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '\n' && Character.isWhitespace(c)) {
                at++;
            } else if (c != '\n' && marks.indexOf(c) < 0) {
                int end = at;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && marks.indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                word(text.substring(at, end));
                at = end;
            } else if (c == '#') {
                at = endOfLine(text, at);
            } else if (c == '"') {
                int end = text.indexOf('"', at + 1);
                if (end < 0 || text.substring(at, end).contains("\n")) {
                    throw new ApplianceException("line " + line + ": a quotation mark is not closed"
                            + (marks.equals(SCST_MARKS)
                                    ? "; a # that begins no comment has a backslash in front."
                                    : "."));
                }
                word(text.substring(at + 1, end));
                at = end + 1;
            } else {
                mark(c);
                at++;
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
