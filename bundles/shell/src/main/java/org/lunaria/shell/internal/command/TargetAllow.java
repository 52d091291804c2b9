package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.InitiatorNames;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:allow}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "allow",
        description = "Let an initiator use a target.",
        detailedDescription = "Example: target:allow disks iqn.1993-08.org.debian:01:abc")
public final class TargetAllow extends ApplianceCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Argument(index = 1, name = "initiator", required = true, description = "iSCSI name of the initiator, or any.")
    @Completion(InitiatorNames.class)
    private String initiator;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().allow(target, initiator);
    }

    @Override
    protected void print(Target changed, PrintStream out) {
        out.println("Target " + changed.name() + " lets in "
                + (changed.allowed().isEmpty() ? "nobody" : String.join(", ", changed.allowed()))
                + (changed.denied().isEmpty() ? "." : ", and never " + String.join(", ", changed.denied()) + "."));
    }
}
