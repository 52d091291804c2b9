package org.lunaria.shell.internal.console;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;

/**
 * A command that may destroy something, or cut somebody off, and then goes on only when that is confirmed: beforehand with
 * {@code --yes}, or on the terminal. Confined to the thread that runs the command.
 *
 * @param <R> the answer
 */
public abstract class ConfirmedCommand<R> extends ApplianceCommand<R> {

    @Option(name = "--yes", description = "Do not ask.")
    private boolean yes;

    @Reference
    private Session session;

    /** Whether it was confirmed beforehand. */
    protected final boolean isConfirmed() {
        return yes;
    }

    /** Asks who typed the command whether to go on, unless that is confirmed; nobody who is not there says yes. */
    protected final boolean confirmed(String question) {
        if (yes) {
            return true;
        }
        try {
            String answer = session.readLine(question + " (yes/no) ", null);
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException | UnsupportedOperationException e) {
            // No terminal: the caller says what to give instead.
            return false;
        }
    }
}
