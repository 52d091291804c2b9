package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:create}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "create",
        description = "Make a target. It lets nobody in until target:allow.",
        detailedDescription = "Example: target:create disks")
public final class TargetCreate extends ApplianceCommand<Target> {

    @Argument(
            name = "name",
            required = true,
            description = "A new name, or a whole iSCSI name such as iqn.2026-11.com.example:disks.")
    private String nameOrIqn;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().create(nameOrIqn);
    }

    @Override
    protected void print(Target target, PrintStream out) {
        out.println("Target " + target.name() + " is " + target.iqn() + "; nobody may use it before target:allow "
                + target.name() + " INITIATOR.");
    }
}
