package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.SettingKey;

/** Completes the keys of a portal. */
@Service
public final class PortalKeys extends KeyCompleter {

    @Override
    protected List<SettingKey> keys(Appliance appliance, CommandLine line) {
        return appliance.portals().keys();
    }
}
