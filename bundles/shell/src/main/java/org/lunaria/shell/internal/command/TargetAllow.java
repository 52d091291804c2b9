package org.lunaria.shell.internal.command;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:allow}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "allow",
        description = "Let an initiator use a target.",
        detailedDescription = "Example: target:allow disks iqn.1993-08.org.debian:01:aa34\n"
                + "Example: target:allow disks iqn.1993-08.org.debian:*@10.0.0.0/24")
public final class TargetAllow extends TargetGrant {
    @Override
    Target change(Targets targets, String target, String initiator) {
        return targets.allow(target, initiator);
    }
}
