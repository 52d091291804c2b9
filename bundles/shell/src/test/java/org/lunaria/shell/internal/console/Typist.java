package org.lunaria.shell.internal.console;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.lunaria.shell.internal.FakeAppliance;
import org.lunaria.shell.internal.TestShell;

/**
 * Somebody who types commands in a session of a shell, with nothing on the standard input, while a test runs. Confined to its
 * test.
 */
final class Typist implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TestShell shell;
    private Session session;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        shell = new TestShell();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        session = shell.sessions().create(InputStream.nullInputStream(), stream, stream);
    }

    /** What the commands are given to. */
    FakeAppliance appliance() {
        return shell.appliance;
    }

    /** For its variables. */
    Session session() {
        return session;
    }

    /** What a command prints, which must succeed. */
    String run(String line) throws Exception {
        out.reset();
        session.execute(line);
        return printed();
    }

    /** With which sentence a command is refused. */
    String refusal(String line) {
        return assertThrows(CommandException.class, () -> run(line)).getMessage();
    }

    /** What the last command has printed, also when it was refused. */
    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the tabulator offers behind a line, in the order of the alphabet. */
    List<String> complete(String line) {
        String name = line.substring(0, line.indexOf(' '));
        Command command = session.getRegistry().getCommands().stream()
                .filter(candidate -> name.equals(candidate.getScope() + ":" + candidate.getName()))
                .findFirst()
                .orElseThrow();
        // As the shell does it.
        CommandLine parsed = command.getParser().parse(session, line.stripTrailing(), line.length());
        List<Candidate> candidates = new ArrayList<>();
        command.getCompleter(false).completeCandidates(session, parsed, candidates);
        return candidates.stream()
                .map(Candidate::value)
                .map(String::strip)
                .sorted()
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        session.close();
        shell.close();
    }
}
