package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ConfirmedCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code volume:delete}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "delete",
        description = "Delete a volume that no target maps; its data is kept unless it is purged.",
        detailedDescription = "Example: volume:delete disk1 --purge --yes\nBefore data is purged, it asks.")
public final class VolumeDelete extends ConfirmedCommand<DeletedVolume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(name = "--purge", description = "Delete the data too. It cannot be brought back.")
    private boolean purge;

    @Override
    protected DeletedVolume run(Appliance appliance) {
        if (purge) {
            String lost = "the data of volume " + name + ", "
                    + new ByteSize(appliance.volumes().get(name).sizeBytes()) + ",";
            if (!confirmed("Shall " + lost + " be destroyed for good?")) {
                throw new ApplianceException(lost + " would be destroyed for good; give --yes to go on.");
            }
        }
        return appliance.volumes().delete(name, purge);
    }

    @Override
    protected void print(DeletedVolume deleted, PrintStream out) {
        out.println("Volume " + deleted.name() + " is deleted."
                + (deleted.keptPath().isEmpty() ? "" : " Its data is kept in " + deleted.keptPath() + ".")
                + (deleted.keptCopyPath().isEmpty()
                        ? ""
                        : " What was copied so far stays in " + deleted.keptCopyPath() + "."));
    }
}
