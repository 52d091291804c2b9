package org.lunaria.shell.internal.command;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Mask;
import org.lunaria.admin.Target;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.Facts;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.ShowCommand;

/** {@code target:show}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "show",
        description = "Show one target with all that is known of it.",
        detailedDescription = "Example: target:show disks")
public final class TargetShow extends ShowCommand<Target> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Override
    protected Target run(Appliance appliance) {
        return appliance.targets().get(target);
    }

    @Override
    protected Facts facts(Target shown) {
        Facts facts = new Facts()
                .add("Name", shown.name())
                .add("iSCSI name", shown.iqn())
                .add("Alias", shown.alias())
                .add("Serving", shown.serving() ? "yes" : "no")
                .add("Detail", shown.detail())
                .add("Portals", String.join(" ", shown.portals()))
                .add("Sessions", shown.sessions())
                .add("Lets in", shown.allowed().isEmpty() ? "nobody" : String.join(" ", shown.allowed()))
                .add("Keeps out", String.join(" ", shown.denied()))
                .add("Authentication", shown.auth())
                .add("Accounts", String.join(" ", shown.accounts()));
        for (Mapping mapping : shown.mappings()) {
            facts.add("LUN " + mapping.lun(), mapping.volume() + (mapping.readOnly() ? ", read only" : ""));
        }
        for (int index = 0; index < shown.masks().size(); index++) {
            Mask mask = shown.masks().get(index);
            facts.add("Mask " + (index + 1), mask.initiator() + " sees " + seen(shown, mask));
        }
        return facts;
    }

    private static String seen(Target target, Mask mask) {
        List<Integer> unmapped = target.unmapped(mask);
        return mask.text(" ")
                + (unmapped.isEmpty()
                        ? ""
                        : "; no volume is presented as "
                                + unmapped.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
}
