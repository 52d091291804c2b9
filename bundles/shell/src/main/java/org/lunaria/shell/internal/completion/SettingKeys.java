package org.lunaria.shell.internal.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Backends;
import org.lunaria.admin.SettingKey;

/**
 * Completes {@code key=} with the keys that the kind on the line and the logical units take, and {@code key=value} where
 * the values are a list. Each comes with its description. Confined to the console's thread.
 */
@Service
public final class SettingKeys implements Completer {
    /** Keys that have an option of their own. */
    private static final Set<String> BY_OPTION = Set.of("backend.id", "sizeBytes", "path");

    @Reference
    private Appliance appliance;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        keys(line).forEach(key -> candidates.addAll(texts(key)));
        return 0;
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        for (SettingKey key : keys(line)) {
            boolean whole = !key.choices().isEmpty();
            for (String text : texts(key)) {
                candidates.add(new Candidate(text, text, null, key.description(), null, null, whole));
            }
        }
    }

    private List<SettingKey> keys(CommandLine line) {
        String wanted = kind(List.of(line.getArguments()));
        Backends backends = appliance.backends();
        List<SettingKey> keys = new ArrayList<>();
        backends.kinds().stream().filter(kind -> kind.name().equals(wanted)).forEach(kind -> keys.addAll(kind.keys()));
        keys.addAll(backends.unitKeys());
        keys.removeIf(key -> BY_OPTION.contains(key.name()));
        return keys;
    }

    private static List<String> texts(SettingKey key) {
        return key.choices().isEmpty()
                ? List.of(key.name() + "=")
                : key.choices().stream()
                        .map(choice -> key.name() + "=" + choice)
                        .toList();
    }

    private static String kind(List<String> words) {
        int option = words.indexOf("--kind");
        return option >= 0 && option + 1 < words.size() ? words.get(option + 1) : KindNames.DEFAULT;
    }
}
