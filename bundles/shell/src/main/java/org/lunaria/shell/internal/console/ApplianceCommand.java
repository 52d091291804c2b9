package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;

/**
 * What all commands share: they ask the appliance once, and print its answer for people, or with {@code --json} for
 * programs. A refusal is one line and no stack trace. Confined to the thread that runs the command.
 *
 * @param <R> the answer
 */
public abstract class ApplianceCommand<R> implements Action {

    @Reference
    private Appliance appliance;

    @Option(name = "--json", description = "Print the answer as JSON, for programs.")
    private boolean json;

    @Override
    public final Object execute() throws CommandException {
        try {
            R answer = run(appliance);
            // The shell puts the thread's own output, maybe a pipe to the next command, behind System.out.
            PrintStream out = System.out;
            if (json) {
                Json.print(answer, out);
            } else {
                print(answer, out);
            }
            out.flush();
            return null;
        } catch (ApplianceException e) {
            throw new CommandException("Error: " + e.getMessage(), e.getMessage(), e);
        }
    }

    /** Whether the answer goes to a program, which wants nothing else. */
    protected final boolean isForPrograms() {
        return json;
    }

    /** Asks the appliance. */
    protected abstract R run(Appliance appliance);

    /** Prints the answer for people. */
    protected abstract void print(R answer, PrintStream out);
}
