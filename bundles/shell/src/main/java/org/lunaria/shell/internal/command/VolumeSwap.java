package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.KindNames;
import org.lunaria.shell.internal.completion.SettingKeys;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.MoveProgress;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code volume:swap}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "swap",
        description = "Give a volume another store that has the same bytes, while it serves.",
        detailedDescription = "Example: volume:swap disk1 --kind block --set device=/dev/loop0")
public final class VolumeSwap extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(name = "--kind", required = true, description = "Kind of the backend that has the store, such as block.")
    @Completion(KindNames.class)
    private String kind;

    @Option(name = "--path", description = "Absolute path of its data, which is there already.")
    private String path;

    @Option(name = "--set", multiValued = true, description = "A further key=value of the backend.")
    @Completion(SettingKeys.class)
    private List<String> settings = List.of();

    @Option(name = "--unchecked", description = "Do not compare the two: I know that they have the same bytes.")
    private boolean unchecked;

    @Override
    protected Volume run(Appliance appliance) {
        NewStore store = new NewStore(kind, Optional.empty(), Optional.ofNullable(path), Pairs.of("--set ", settings));
        appliance.volumes().swap(name, store, unchecked);
        return new MoveProgress(appliance.volumes(), isForPrograms() ? Optional.empty() : Optional.of(System.out))
                .await(name, true);
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("Volume " + name + " is in a store of kind " + volume.kind() + " now.");
    }
}
