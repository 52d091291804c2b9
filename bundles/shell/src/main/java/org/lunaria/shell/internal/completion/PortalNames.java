package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Portal;

/** Completes the names of portals. */
@Service
public final class PortalNames extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.portals().list().stream().map(Portal::name).toList();
    }
}
