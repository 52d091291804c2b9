package org.lunaria.shell.internal.console;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/**
 * Where something is shown again and again: a terminal, which is written from its top each time and ends it by a key, or no
 * terminal, which gets one after the other. Confined to the thread that runs the command.
 */
public final class LiveScreen implements AutoCloseable {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String DUMB = "dumb";

    private final Optional<Terminal> terminal;
    private final Optional<Attributes> before;
    private boolean begun;

    private LiveScreen(Optional<Terminal> terminal) {
        this.terminal = terminal;
        this.before = terminal.map(Terminal::enterRawMode);
    }

    /** @param terminal Karaf's, which is JLine's where there is a person; or null */
    public static LiveScreen open(org.apache.karaf.shell.api.console.Terminal terminal) {
        return new LiveScreen(
                terminal instanceof Terminal jline && !jline.getType().startsWith(DUMB)
                        ? Optional.of(jline)
                        : Optional.empty());
    }

    /** Lines that there is room for. */
    public int rows() {
        return terminal.map(Terminal::getHeight).filter(height -> height > 0).orElse(Integer.MAX_VALUE);
    }

    /** Shows lines: on a cleared terminal, cut to its width, or parted from what was before. */
    public void show(String lines, PrintStream out) {
        begin(out);
        int columns =
                terminal.map(Terminal::getWidth).filter(width -> width > 0).orElse(Integer.MAX_VALUE);
        lines.lines()
                .map(line -> line.length() <= columns ? line : line.substring(0, columns))
                .forEach(out::println);
    }

    private void begin(PrintStream out) {
        if (terminal.isPresent()) {
            out.print(HOME_AND_CLEAR);
        } else if (begun) {
            out.println();
        }
        begun = true;
    }

    /** Waits so long, or until it is to end: q was typed, the input ended, or the command was interrupted. Says whether to go on. */
    public boolean await(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                if (terminal.isEmpty()) {
                    Thread.sleep(left);
                } else if (isEnd(terminal.get().reader().read(left))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException | InterruptedIOException e) {
            // So Ctrl-C ends it; the answer is what was shown last.
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** A key, or one of JLine's: -1 for the end, -2 for none in time. */
    private static boolean isEnd(int key) {
        return key == 'q' || key == 'Q' || key == -1 || key == 3;
    }

    @Override
    public void close() {
        terminal.ifPresent(open -> before.ifPresent(open::setAttributes));
    }
}
