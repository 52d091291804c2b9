package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.SettingKey;

/** Completes the keys of a target. */
@Service
public final class TargetKeys extends KeyCompleter {

    @Override
    protected List<SettingKey> keys(Appliance appliance, CommandLine line) {
        return appliance.targets().keys();
    }
}
