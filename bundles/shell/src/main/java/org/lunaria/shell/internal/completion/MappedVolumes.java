package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mapping;

/** Completes the volumes that a target presents. */
@Service
public final class MappedVolumes extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.targets().list().stream()
                .flatMap(target -> target.mappings().stream())
                .map(Mapping::volume)
                .distinct()
                .toList();
    }
}
