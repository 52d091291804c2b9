package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code volume:load}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "load",
        description = "Put the medium of a removable volume in, or another one.",
        detailedDescription = "Example: volume:load dvd1 --path /srv/iso/disc2.iso")
public final class VolumeLoad extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(name = "--path", description = "Absolute path of another medium, which is the volume's from now on.")
    private String path;

    @Override
    protected Volume run(Appliance appliance) {
        return appliance.volumes().load(name, Optional.ofNullable(path));
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("A medium is in volume " + volume.name() + ".");
    }
}
