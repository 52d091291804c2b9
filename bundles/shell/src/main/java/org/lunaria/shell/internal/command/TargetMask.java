package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mask;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.MaskWords;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:mask}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "mask",
        description = "Show an initiator some of a target's logical units only; without a mask it sees all.",
        detailedDescription = "Example: target:mask disks iqn.1994-05.com.redhat:host1 0 2:ro")
public final class TargetMask extends TargetForInitiator {

    @Argument(
            index = 2,
            name = "lun",
            required = true,
            multiValued = true,
            description = "Logical unit numbers that it sees, with :ro behind those that it only may read; or none.")
    @Completion(MaskWords.class)
    private List<String> luns;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().mask(target, initiator, Mask.luns(luns));
    }

    @Override
    protected void print(Target masked, PrintStream out) {
        Mask mask = new Mask(initiator, Mask.luns(luns));
        out.println("Target " + masked.name() + " shows " + initiator
                + (mask.luns().isEmpty() ? " nothing." : " lun " + listed(luns) + "."));
        List<String> unmapped =
                masked.unmapped(mask).stream().map(String::valueOf).toList();
        if (!unmapped.isEmpty()) {
            out.println("No volume is lun " + listed(unmapped) + " of target " + masked.name() + " yet.");
        }
    }

    private static String listed(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
