package org.lunaria.shell.internal.completion;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;

/** Completes none, and the logical unit numbers of the target on the line, to be read only too. */
@Service
public final class MaskWords extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        List<String> words = List.of(line.getArguments());
        Stream<String> luns = appliance.targets().list().stream()
                .filter(target -> words.contains(target.name()) || words.contains(target.iqn()))
                .flatMap(target -> target.mappings().stream())
                .flatMap(mapping -> Stream.of(String.valueOf(mapping.lun()), mapping.lun() + ":ro"));
        return Stream.concat(luns, Stream.of("none")).toList();
    }

    @Override
    protected boolean isOpen() {
        return true;
    }
}
