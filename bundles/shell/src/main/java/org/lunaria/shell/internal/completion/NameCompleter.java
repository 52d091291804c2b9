package org.lunaria.shell.internal.completion;

import java.util.ArrayList;
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

    /** Whether the word may be another one too, that nobody knows yet. */
    protected boolean isOpen() {
        return false;
    }

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = new ArrayList<>(names(appliance, line));
        String[] words = line.getArguments();
        // The shell shows an earlier word alone, and completes what follows only if it may stand there.
        if (isOpen() && words.length == 1) {
            names.add(words[0]);
        }
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
