package org.lunaria.shell.internal.completion;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;

/** Completes the names and the iSCSI names of targets. */
@Service
public final class TargetNames extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.targets().list().stream()
                .flatMap(target -> Stream.of(target.name(), target.iqn()))
                .toList();
    }
}
