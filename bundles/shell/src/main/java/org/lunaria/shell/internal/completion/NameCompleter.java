package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.lunaria.admin.Appliance;

/** Completes a word with one of the names that there are at the moment. Confined to the console's thread. */
abstract class NameCompleter implements Completer {

    @Reference
    private Appliance appliance;

    /** What the word may be. */
    protected abstract List<String> names(Appliance appliance, CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        return new StringsCompleter(names(appliance, line)).complete(session, line, candidates);
    }
}
