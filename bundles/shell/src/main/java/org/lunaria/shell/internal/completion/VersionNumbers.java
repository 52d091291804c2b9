package org.lunaria.shell.internal.completion;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Version;

/** Completes the numbers of versions, and says what each was. */
@Service
public final class VersionNumbers implements Completer {

    @Reference
    private Appliance appliance;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> numbers = appliance.history().list().stream()
                .map(version -> Integer.toString(version.number()))
                .toList();
        return new StringsCompleter(numbers).complete(session, line, candidates);
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        for (Version version : appliance.history().list()) {
            String number = Integer.toString(version.number());
            String was = version.time().truncatedTo(ChronoUnit.SECONDS) + " " + version.who() + ": " + version.what();
            candidates.add(new Candidate(number, number, null, was, null, null, true));
        }
    }
}
