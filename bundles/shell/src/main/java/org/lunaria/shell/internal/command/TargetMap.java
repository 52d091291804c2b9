package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mapping;
import org.lunaria.shell.internal.completion.FreeLuns;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:map}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "map",
        description = "Present a volume by a target.",
        detailedDescription = "Example: target:map disks disk1 --lun 0 --read-only")
public final class TargetMap extends ApplianceCommand<Mapping> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Argument(index = 1, name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String volume;

    @Option(name = "--lun", description = "Logical unit number, 0 to 16383; without it the lowest that is free.")
    @Completion(FreeLuns.class)
    private Integer lun;

    @Option(name = "--read-only", description = "Refuse to write through this target.")
    private boolean readOnly;

    @Override
    protected Mapping run(Appliance appliance) {
        return appliance
                .targets()
                .map(target, volume, lun == null ? OptionalInt.empty() : OptionalInt.of(lun), readOnly);
    }

    @Override
    protected void print(Mapping mapping, PrintStream out) {
        out.println("Volume " + mapping.volume() + " is lun " + mapping.lun() + " of target " + mapping.target()
                + (mapping.readOnly() ? ", read only." : "."));
    }
}
