package org.lunaria.shell.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:deny}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "deny",
        description = "Keep an initiator out; its sessions end. Denying any takes back all that was allowed.",
        detailedDescription = "Example: target:deny disks any")
public final class TargetDeny extends TargetGrant {
    @Override
    Target change(Targets targets, String target, String initiator) {
        return targets.deny(target, initiator);
    }
}
