package org.lunaria.shell.internal.command;

import java.io.PrintStream;
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

/** {@code volume:eject}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "eject",
        description = "Take the medium of a removable volume out; initiators are told that there is none.",
        detailedDescription = "Example: volume:eject dvd1")
public final class VolumeEject extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(name = "--force", description = "Also if an initiator prevents it: what it has not written yet is lost.")
    private boolean force;

    @Override
    protected Volume run(Appliance appliance) {
        return appliance.volumes().eject(name, force);
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("The medium of volume " + volume.name() + " is ejected; volume:load " + volume.name()
                + " puts it or, with --path, another one in.");
    }
}
