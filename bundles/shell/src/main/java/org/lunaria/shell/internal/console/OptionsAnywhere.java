package org.lunaria.shell.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.parsing.CommandLineImpl;
import org.apache.karaf.shell.support.parsing.DefaultParser;

/**
 * Lets options stand behind arguments too, as in {@code volume:create disk1 --size 10G}: Karaf wants them in front, so
 * this puts them there, for execution and for completion. A lone dash is an argument, for the standard input or output.
 * The line itself stays as it was typed. Stateless.
 */
@Service
public final class OptionsAnywhere implements Parser {
    /** The options that take no value. */
    static final Set<String> FLAGS = Set.of(
            "--cancel",
            "--detach",
            "--dry-run",
            "--force",
            "--help",
            "--json",
            "--merge",
            "--no-format",
            "--once",
            "--purge",
            "--read-only",
            "--replace",
            "--unchecked",
            "--with-secrets",
            "--yes");

    /** What a lone dash becomes, which Karaf takes for an option without a name; no file is called so. */
    static final String STANDARD = "/dev/fd/-";

    private static final String DASH = "-";

    private final Parser parser = new DefaultParser();

    @Override
    public CommandLine parse(Session session, String command, int cursor) {
        // For completion the shell gives the line without the blanks at its end, and the cursor behind them: a new word
        // begins there.
        String typed = command + " ".repeat(Math.max(0, cursor - command.length()));
        CommandLine line = parser.parse(session, typed, cursor);
        List<Word> ordered = optionsFirst(words(line));
        int current = 0;
        while (current < ordered.size() - 1 && !ordered.get(current).current()) {
            current++;
        }
        return new CommandLineImpl(
                ordered.stream().map(Word::text).toArray(String[]::new),
                current,
                line.getArgumentPosition(),
                line.getBufferPosition(),
                line.getBuffer());
    }

    @Override
    public String preprocess(Session session, CommandLine line) {
        return parser.preprocess(session, line);
    }

    /**
     * A word of the line, with its quotes.
     *
     * @param current whether the cursor is in it
     */
    private record Word(String text, boolean current) {
        boolean isOption() {
            return text.startsWith("-") && text.length() > 1;
        }

        boolean takesValue() {
            return isOption() && !text.contains("=") && !FLAGS.contains(text);
        }
    }

    /** The command first, then its options with their values, then its arguments. */
    private static List<Word> optionsFirst(List<Word> words) {
        List<Word> options = new ArrayList<>();
        List<Word> arguments = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (i == 0 || word.isOption()) {
                options.add(word);
            } else if (words.get(i - 1).takesValue() && i > 1) {
                options.add(word);
            } else {
                arguments.add(word);
            }
        }
        options.addAll(arguments);
        return options;
    }

    /** Karaf splits a word at a blank in quotes that begin inside of it, as in {@code vendor="A B"}: glued again here. */
    private static List<Word> words(CommandLine line) {
        List<Word> words = new ArrayList<>();
        String[] parts = line.getArguments();
        int i = 0;
        while (i < parts.length) {
            StringBuilder text = new StringBuilder(parts[i]);
            boolean current = i == line.getCursorArgumentIndex();
            while (isQuoteOpen(text) && i < parts.length - 1) {
                i++;
                text.append(' ').append(parts[i]);
                current |= i == line.getCursorArgumentIndex();
            }
            words.add(new Word(DASH.contentEquals(text) ? STANDARD : text.toString(), current));
            i++;
        }
        if (line.getCursorArgumentIndex() >= parts.length) {
            words.add(new Word("", true));
        }
        return words;
    }

    private static boolean isQuoteOpen(CharSequence text) {
        char open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (open == 0 && (c == '"' || c == '\'')) {
                open = c;
            } else if (c == open) {
                open = 0;
            }
        }
        return open != 0;
    }
}
