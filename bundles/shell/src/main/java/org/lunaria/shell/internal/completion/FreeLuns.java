package org.lunaria.shell.internal.completion;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Target;

/** Completes the lowest logical unit number that the target on the line has free. */
@Service
public final class FreeLuns extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        List<String> words = List.of(line.getArguments());
        return appliance.targets().list().stream()
                .filter(target -> words.contains(target.name()) || words.contains(target.iqn()))
                .findFirst()
                .map(FreeLuns::lowest)
                .map(List::of)
                .orElse(List.of());
    }

    private static String lowest(Target target) {
        Set<Integer> taken = target.mappings().stream().map(Mapping::lun).collect(Collectors.toSet());
        int lun = 0;
        while (taken.contains(lun)) {
            lun++;
        }
        return Integer.toString(lun);
    }
}
