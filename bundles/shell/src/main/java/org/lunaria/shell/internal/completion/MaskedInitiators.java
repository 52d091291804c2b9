package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mask;

/** Completes the initiators that have a mask of a target. */
@Service
public final class MaskedInitiators extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.targets().list().stream()
                .flatMap(target -> target.masks().stream())
                .map(Mask::initiator)
                .distinct()
                .toList();
    }
}
