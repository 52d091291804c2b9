package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.lunaria.shell.internal.completion.InitiatorNames;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;

/** What {@code target:allow} and {@code target:deny} share: for whom, and who is let in afterwards. */
abstract class TargetGrant extends ApplianceCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Argument(
            index = 1,
            name = "initiator",
            required = true,
            description =
                    "iSCSI name of the initiator, with * and ? for other characters; @NETWORK; NAME@NETWORK; or any.")
    @Completion(InitiatorNames.class)
    private String initiator;

    /** Changes the grants of a target, and gives it back as it is then. */
    abstract Target change(Targets targets, String target, String initiator);

    @Override
    protected final Target run(Appliance appliance) {
        return change(appliance.targets(), target, initiator);
    }

    @Override
    protected final void print(Target changed, PrintStream out) {
        out.println("Target " + changed.name() + " lets in "
                + (changed.allowed().isEmpty() ? "nobody" : String.join(", ", changed.allowed()))
                + (changed.denied().isEmpty() ? "." : ", and never " + String.join(", ", changed.denied()) + "."));
    }
}
