package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Mapping;
import org.lunaria.shell.internal.completion.MappedVolumes;
import org.lunaria.shell.internal.completion.TargetNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code target:unmap}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "target",
        name = "unmap",
        description = "Present a volume no longer; the volume stays.",
        detailedDescription = "Example: target:unmap disks disk1")
public final class TargetUnmap extends ApplianceCommand<List<Mapping>> {

    @Argument(name = "target", required = true, description = "Name of the target, or its iSCSI name.")
    @Completion(TargetNames.class)
    private String target;

    @Argument(index = 1, name = "volume", required = true, description = "Name of the volume.")
    @Completion(MappedVolumes.class)
    private String volume;

    @Option(name = "--lun", description = "Only under this logical unit number; without it under all.")
    private Integer lun;

    @Override
    protected List<Mapping> run(Appliance appliance) {
        return appliance.targets().unmap(target, volume, lun == null ? OptionalInt.empty() : OptionalInt.of(lun));
    }

    @Override
    protected void print(List<Mapping> gone, PrintStream out) {
        gone.forEach(mapping -> out.println("Volume " + mapping.volume() + " is lun " + mapping.lun() + " of target "
                + mapping.target() + " no longer."));
    }
}
