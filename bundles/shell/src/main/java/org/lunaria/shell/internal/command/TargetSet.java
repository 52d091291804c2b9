package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.TargetKeys;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code target:set}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "set",
        description = "Set keys of a target: what a login agrees on, its portals, its accounts.",
        detailedDescription = "Example: target:set disks auth=chap accounts=host1")
public final class TargetSet extends ApplianceCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            required = true,
            multiValued = true,
            description = "What to set, a key of org.lunaria.target and its value; key= takes the default.")
    @Completion(TargetKeys.class)
    private List<String> settings;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().set(name, Pairs.of("", settings));
    }

    @Override
    protected void print(Target target, PrintStream out) {
        out.println("Target " + target.name() + " is set: " + String.join(" ", settings) + ".");
    }
}
