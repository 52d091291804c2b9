package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;

/** What {@code target:allow} and {@code target:deny} share: for whom, and who is let in afterwards. */
abstract class TargetGrant extends TargetForInitiator {

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
