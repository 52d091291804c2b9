package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code volume:resize}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "resize",
        description = "Make a volume larger while it serves; or smaller, when no target maps it.",
        detailedDescription = "Example: volume:resize disk1 --size 20G")
public final class VolumeResize extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(
            name = "--size",
            required = true,
            description = "New capacity in bytes, or with K, M, G or T behind it (powers of 1024).")
    private String size;

    @Option(name = "--force", description = "Also smaller: what lies behind the new end is destroyed for good.")
    private boolean force;

    @Override
    protected Volume run(Appliance appliance) {
        return appliance.volumes().resize(name, ByteSize.parse(size), force);
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("Volume " + volume.name() + " has " + new ByteSize(volume.sizeBytes()) + " now"
                + (volume.mappings().isEmpty() ? "." : "; initiators are told, and see it when they look again."));
    }
}
