package org.lunaria.shell.internal.exec;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.CommandException;
import org.lunaria.exec.client.Frame;
import org.lunaria.shell.internal.console.CallersFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command line in a shell session of its own, as the appliance's owner, who has every role. Thread-safe; a command
 * runs on the thread that calls.
 */
final class CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final Subject OWNER = new Subject(
            true,
            Stream.concat(
                            Stream.of(new UserPrincipal("owner")),
                            Stream.of("admin", "manager", "viewer", "systembundles")
                                    .map(RolePrincipal::new))
                    .collect(Collectors.toUnmodifiableSet()),
            Set.of(),
            Set.of());

    private final SessionFactory sessions;

    CommandRunner(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Sends what the command prints; the status is for the caller to send.
     *
     * @param input the client's
     */
    int run(ExecRequest request, InputStream input, WritableByteChannel client) {
        try (PrintStream out = stream(request, new FrameOutputStream(client, Frame.Type.OUTPUT));
                PrintStream err = stream(request, new FrameOutputStream(client, Frame.Type.ERROR))) {
            return Subject.doAs(OWNER, (PrivilegedAction<Integer>) () -> run(request, input, out, err));
        }
    }

    private int run(ExecRequest request, InputStream input, PrintStream out, PrintStream err) {
        String commandLine = request.commandLine();
        Session session = sessions.create(input, out, err);
        session.put(CallersFile.FOLDER, request.folder());
        try {
            Object result = session.execute(commandLine);
            if (result != null) {
                out.println(result);
            }
            return 0;
        } catch (Exception e) {
            err.println("Error: " + sentence(e, commandLine));
            return 1;
        } finally {
            session.close();
        }
    }

    /** What went wrong, in one line; what nobody foresaw goes to the log with its stack too. */
    private static String sentence(Exception thrown, String commandLine) {
        Throwable cause =
                thrown instanceof InvocationTargetException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        if (isUsersOwn(cause)) {
            LOG.debug("The command {} did not end well.", commandLine, cause);
        } else {
            LOG.error("The command {} failed.", commandLine, cause);
        }
        return Mistyped.sentence(message.lines().map(String::strip).collect(Collectors.joining(" ")), commandLine);
    }

    /** Mistyped or broken off. The classes of an unknown command and of a bad line are private to the shell. */
    private static boolean isUsersOwn(Throwable cause) {
        return cause instanceof CommandException
                || cause instanceof EOFException
                || cause instanceof InterruptedException
                || cause.getClass().getPackageName().startsWith("org.apache.felix.gogo");
    }

    private static PrintStream stream(ExecRequest request, OutputStream frames) {
        OutputStream buffer = new BufferedOutputStream(frames, BUFFER_BYTES);
        return new PrintStream(
                request.terminal() ? buffer : new PlainOutputStream(buffer), true, StandardCharsets.UTF_8);
    }
}
