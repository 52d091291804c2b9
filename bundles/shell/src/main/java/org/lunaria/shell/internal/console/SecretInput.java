package org.lunaria.shell.internal.console;

import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.lunaria.admin.ApplianceException;

/**
 * Where a secret comes from: a file, or who sits at the console. It is no argument: what stands on a command line is kept in histories
 * and shown in lists of processes. Stateless.
 */
public final class SecretInput {
    private SecretInput() {}

    /**
     * @param file whose first line it is, as {@link CallersFile} takes its name; without one it is asked for
     * @throws ApplianceException when there is none
     */
    public static String read(Session session, Optional<String> file) {
        return file.map(name -> firstLine(CallersFile.of(session, name))).orElseGet(() -> typed(session));
    }

    private static String firstLine(CallersFile file) {
        return file.read().lines().findFirst().orElse("");
    }

    private static String typed(Session session) {
        try {
            String typed = session.readLine("Secret: ", '*');
            if (typed != null && !typed.isEmpty()) {
                return typed;
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Nobody is there to type it; the sentence below says what to do.
        }
        throw new ApplianceException(
                "there is no secret; type one, or give --secret-file FILE, or - for the standard input.");
    }
}
