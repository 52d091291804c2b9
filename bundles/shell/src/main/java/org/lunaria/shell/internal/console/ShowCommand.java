package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Option;

/**
 * A command that prints what is known of one thing. Confined to the thread that runs the command.
 *
 * @param <T> the thing
 */
public abstract class ShowCommand<T> extends ApplianceCommand<T> {

    @Option(name = "--no-format", description = "Print each name and what it says, separated by a tab.")
    private boolean noFormat;

    /** What is known, from top to bottom. */
    protected abstract Facts facts(T thing);

    @Override
    protected final void print(T thing, PrintStream out) {
        if (noFormat) {
            facts(thing).printPlain(out);
        } else {
            facts(thing).print(out);
        }
    }
}
