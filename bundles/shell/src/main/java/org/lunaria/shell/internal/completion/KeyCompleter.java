package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.SettingKey;

/**
 * Completes {@code key=}, and {@code key=value} where the values are a list. Each comes with its description. Confined to
 * the console's thread.
 */
abstract class KeyCompleter implements Completer {

    @Reference
    private Appliance appliance;

    /** The keys that may stand there. */
    protected abstract List<SettingKey> keys(Appliance appliance, CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        keys(appliance, line).forEach(key -> candidates.addAll(texts(key)));
        return 0;
    }

    @Override
    public final void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        for (SettingKey key : keys(appliance, line)) {
            boolean whole = !values(key).isEmpty();
            for (String text : texts(key)) {
                candidates.add(new Candidate(text, text, null, key.description(), null, null, whole));
            }
        }
    }

    private static List<String> texts(SettingKey key) {
        List<String> values = values(key);
        return values.isEmpty()
                ? List.of(key.name() + "=")
                : values.stream().map(value -> key.name() + "=" + value).toList();
    }

    /** All that it takes, where these can be listed. */
    private static List<String> values(SettingKey key) {
        return key.type() == SettingKey.Type.FLAG ? List.of("true", "false") : key.choices();
    }
}
