package org.lunaria.shell.internal.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Backends;
import org.lunaria.admin.SettingKey;

/** Completes the keys that the kind on the line and the logical units take. */
@Service
public final class SettingKeys extends KeyCompleter {
    /** Keys that have an option of their own. */
    private static final Set<String> BY_OPTION = Set.of("backend.id", "sizeBytes", "path");

    @Override
    protected List<SettingKey> keys(Appliance appliance, CommandLine line) {
        String wanted = kind(List.of(line.getArguments()));
        Backends backends = appliance.backends();
        List<SettingKey> keys = new ArrayList<>();
        backends.kinds().stream().filter(kind -> kind.name().equals(wanted)).forEach(kind -> keys.addAll(kind.keys()));
        keys.addAll(backends.unitKeys());
        keys.removeIf(key -> BY_OPTION.contains(key.name()));
        return keys;
    }

    private static String kind(List<String> words) {
        int option = words.indexOf("--kind");
        return option >= 0 && option + 1 < words.size() ? words.get(option + 1) : KindNames.DEFAULT;
    }
}
