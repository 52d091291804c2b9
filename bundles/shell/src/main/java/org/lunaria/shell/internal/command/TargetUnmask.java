package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.MaskedInitiators;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:unmask}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "unmask",
        description = "Take back a mask; who fits no other one sees all logical units of the target.",
        detailedDescription = "Example: target:unmask disks iqn.1994-05.com.redhat:host1")
public final class TargetUnmask extends ApplianceCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Argument(index = 1, name = "initiator", required = true, description = "The initiator, as the mask has it.")
    @Completion(MaskedInitiators.class)
    private String initiator;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().unmask(target, initiator);
    }

    @Override
    protected void print(Target unmasked, PrintStream out) {
        out.println("Target " + unmasked.name() + " has no mask for " + initiator + " any more.");
    }
}
