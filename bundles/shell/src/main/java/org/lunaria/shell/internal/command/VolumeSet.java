package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.VolumeKeys;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code volume:set}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "set",
        description = "Set keys of a volume while it serves: those of what initiators see, and of its backend.",
        detailedDescription = "Example: volume:set disk1 readOnly=true writeCache=false")
public final class VolumeSet extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            required = true,
            multiValued = true,
            description = "What to set; key= takes the default.")
    @Completion(VolumeKeys.class)
    private List<String> settings;

    @Override
    protected Volume run(Appliance appliance) {
        return appliance.volumes().set(name, Pairs.of("", settings));
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("Volume " + volume.name() + " is set: " + String.join(" ", settings) + ".");
    }
}
