package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.impl.console.JLineTerminal;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    private static final long LONG_MILLIS = 600_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    @Test
    void aKeyEndsItAndTheTerminalIsAsBefore() throws IOException {
        try (LineDisciplineTerminal terminal = terminal("xterm")) {
            try (LiveScreen screen = LiveScreen.open(new JLineTerminal(terminal))) {
                assertFalse(terminal.getAttributes().getLocalFlag(LocalFlag.ICANON));
                terminal.processInputBytes(new byte[] {'x'});
                assertTrue(screen.await(1));
                terminal.processInputBytes(new byte[] {'q'});
                assertFalse(screen.await(LONG_MILLIS));
            }
            assertTrue(terminal.getAttributes().getLocalFlag(LocalFlag.ICANON));
        }
    }

    @Test
    void eachTimeBeginsAtTheTopOfATerminalAndFitsIt() throws IOException {
        try (LineDisciplineTerminal terminal = terminal("xterm")) {
            terminal.setSize(new Size(4, 24));
            try (LiveScreen screen = LiveScreen.open(new JLineTerminal(terminal))) {
                screen.show("four\nfive5\n", stream);
                assertEquals("\u001b[H\u001b[Jfour\nfive\n", out.toString(StandardCharsets.UTF_8));
                assertEquals(24, screen.rows());
            }
        }
    }

    @Test
    void withoutATerminalOneFollowsTheOther() throws IOException {
        try (LineDisciplineTerminal dumb = terminal("dumb");
                LiveScreen none = LiveScreen.open(null);
                LiveScreen screen = LiveScreen.open(new JLineTerminal(dumb))) {
            none.show("one\n", stream);
            none.show("two\n", stream);
            screen.show("three\n", stream);
            assertEquals("one\n\ntwo\nthree\n", out.toString(StandardCharsets.UTF_8));
            assertEquals(Integer.MAX_VALUE, none.rows());
            assertTrue(none.await(1));
        }
    }

    @Test
    void whoIsInterruptedDoesNotGoOn() throws IOException {
        try (LineDisciplineTerminal terminal = terminal("xterm");
                LiveScreen none = LiveScreen.open(null);
                LiveScreen screen = LiveScreen.open(new JLineTerminal(terminal))) {
            Thread.currentThread().interrupt();
            assertFalse(none.await(LONG_MILLIS));
            Thread.currentThread().interrupt();
            assertFalse(screen.await(LONG_MILLIS));
            Thread.interrupted();
        }
    }

    private LineDisciplineTerminal terminal(String type) throws IOException {
        return new LineDisciplineTerminal("test", type, new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    }
}
