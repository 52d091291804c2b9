package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;

/** Completes the kinds of events. */
@Service
public final class EventKinds extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.events().kinds();
    }
}
