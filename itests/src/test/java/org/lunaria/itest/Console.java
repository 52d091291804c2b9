package org.lunaria.itest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** Runs commands of the shell, inside the container. */
final class Console {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private final SessionFactory sessions;
    private final Subject user;

    /** Its administrator. */
    Console(SessionFactory sessions) {
        this(sessions, "admin", "manager");
    }

    /** Somebody with these roles. */
    Console(SessionFactory sessions, String... roles) {
        this.sessions = sessions;
        Set<RolePrincipal> principals =
                Arrays.stream(roles).map(RolePrincipal::new).collect(Collectors.toSet());
        this.user = new Subject(true, principals, Set.of(), Set.of());
    }

    /** What a command printed. */
    String run(String command) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrivilegedExceptionAction<Object> action = () -> {
            try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out)) {
                return session.execute(command);
            }
        };
        try {
            Subject.doAs(user, action);
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** What the last word of a command is completed to. */
    List<String> completed(String scope, String command, String line) {
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), System.out, System.out)) {
            Command named = session.getRegistry().getCommand(scope, command);
            CommandLine parsed = named.getParser().parse(session, line, line.length());
            List<Candidate> candidates = new ArrayList<>();
            named.getCompleter(false).completeCandidates(session, parsed, candidates);
            return candidates.stream().map(Candidate::value).map(String::strip).toList();
        }
    }

    /** Returns when the command works: bundles bring their commands a moment after they start. */
    void await(String command) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                run(command);
                return;
            } catch (Exception e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }
}
