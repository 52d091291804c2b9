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
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.CancelledMove;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.KindNames;
import org.lunaria.shell.internal.completion.SettingKeys;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.MoveProgress;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code volume:migrate}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "migrate",
        description = "Move a volume to another store while it serves; what it was in stays.",
        detailedDescription = "Example: volume:migrate disk1 --kind block --set device=/dev/sdb\n"
                + "Example: volume:migrate disk1 --kind file --rate 50M --detach")
public final class VolumeMigrate extends ApplianceCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Option(name = "--kind", description = "Kind of the backend that it moves to, such as file.")
    @Completion(KindNames.class)
    private String kind;

    @Option(name = "--size", description = "Capacity of the store, as 20G; without it the volume's.")
    private String size;

    @Option(name = "--path", description = "Absolute path of its data; without it the appliance chooses one.")
    private String path;

    @Option(name = "--set", multiValued = true, description = "A further key=value of the backend.")
    @Completion(SettingKeys.class)
    private List<String> settings = List.of();

    @Option(
            name = "--rate",
            description = "How much is copied in a second at most, such as 50M; without it there is no limit.")
    private String rate;

    @Option(name = "--detach", description = "Return when the copy has begun.")
    private boolean detach;

    @Option(name = "--cancel", description = "End a move: the volume stays where it is.")
    private boolean cancel;

    private String keptPath = "";

    @Override
    protected Volume run(Appliance appliance) {
        if (cancel) {
            CancelledMove cancelled = appliance.volumes().cancelMove(name);
            keptPath = cancelled.keptPath();
            return cancelled.volume();
        }
        if (kind == null) {
            throw new ApplianceException("give the --kind of the backend to move to, or --cancel.");
        }
        Volume moving = appliance
                .volumes()
                .migrate(
                        name,
                        new NewStore(
                                kind,
                                Optional.ofNullable(size).map(ByteSize::parse),
                                Optional.ofNullable(path),
                                Pairs.of("--set ", settings)),
                        Optional.ofNullable(rate)
                                .map(ByteSize::parse)
                                .map(ByteSize::bytes)
                                .orElse(0L));
        if (detach) {
            return moving;
        }
        return new MoveProgress(appliance.volumes(), isForPrograms() ? Optional.empty() : Optional.of(System.out))
                .await(name, false);
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        if (cancel) {
            out.println("Volume " + name + " stays in its store of kind " + volume.kind() + "."
                    + (keptPath.isEmpty()
                            ? ""
                            : " What was copied so far stays in " + keptPath + ", which is no volume's any more."));
        } else if (volume.copy().isPresent()) {
            out.println("Volume " + name + " is moving; volume:show " + name + " tells how far it is.");
        } else {
            out.println("Volume " + name + " is in a store of kind " + volume.kind()
                    + " now. What it was in before stays; delete it when it is not needed any more.");
        }
    }
}
