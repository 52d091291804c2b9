package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ConfirmedCommand;
import org.lunaria.shell.internal.console.Deleted;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:delete}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "delete",
        description = "Delete a target; its sessions end, its volumes stay. Where there are sessions, it asks.",
        detailedDescription = "Example: target:delete disks")
public final class TargetDelete extends ConfirmedCommand<Deleted> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Override
    protected Deleted run(Appliance appliance) {
        int sessions = appliance.targets().get(target).sessions();
        String cut = sessions + (sessions == 1 ? " session, which ends" : " sessions, which end");
        if (sessions > 0 && !confirmed("Target " + target + " has " + cut + ". Shall it be deleted?")) {
            throw new ApplianceException("target " + target + " has " + cut + "; give --yes to delete it.");
        }
        appliance.targets().delete(target);
        return new Deleted("target", target);
    }

    @Override
    protected void print(Deleted deleted, PrintStream out) {
        out.println("Target " + deleted.name() + " is deleted.");
    }
}
