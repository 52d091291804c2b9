package org.lunaria.shell.internal.command;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.InitiatorNames;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;

/** What commands share that say something about initiators of a target: of which, and of whom. */
abstract class TargetForInitiator extends ApplianceCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    String target;

    @Argument(
            index = 1,
            name = "initiator",
            required = true,
            description =
                    "iSCSI name of the initiator, with * and ? for other characters; @NETWORK; NAME@NETWORK; or any.")
    @Completion(InitiatorNames.class)
    String initiator;
}
