package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.KindNames;
import org.lunaria.shell.internal.completion.SettingKeys;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.Pairs;

/** {@code volume:create}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "create",
        description = "Make a volume.",
        detailedDescription = "Example: volume:create disk1 --kind file --size 10G\n"
                + "Example: volume:create dvd1 --type cdrom --path /srv/iso/disc1.iso")
public final class VolumeCreate extends ApplianceCommand<Volume> {

    private static final String DISK = "disk";
    private static final String CDROM = "cdrom";
    private static final int DISK_BLOCK_BYTES = 512;
    private static final int CD_BLOCK_BYTES = 2048;

    @Argument(name = "name", required = true, description = "A new name: 1 to 64 of a-z, 0-9, dot, dash, underscore.")
    private String name;

    @Option(
            name = "--kind",
            description = "Kind of the backend that stores it: file, block, remote, memory, or one that was added.")
    @Completion(KindNames.class)
    private String kind = KindNames.DEFAULT;

    @Option(name = "--size", description = "Capacity in bytes, or with K, M, G or T behind it (powers of 1024).")
    private String size;

    @Option(name = "--path", description = "Absolute path of its data; without it the appliance chooses one.")
    private String path;

    @Option(name = "--type", description = "What initiators see: disk, or cdrom for a CD/DVD drive with a disc image.")
    @Completion(
            value = StringsCompleter.class,
            values = {DISK, CDROM})
    private String type = DISK;

    @Option(
            name = "--block",
            description = "Length of a logical block in bytes: 512 or 4096; without it 512, of a CD 2048.")
    @Completion(
            value = StringsCompleter.class,
            values = {"512", "2048", "4096"})
    private int block;

    @Option(name = "--set", multiValued = true, description = "A further key=value of the backend or the logical unit.")
    @Completion(SettingKeys.class)
    private List<String> settings = List.of();

    @Override
    protected Volume run(Appliance appliance) {
        Map<String, String> given = new LinkedHashMap<>(Pairs.of("--set ", settings));
        boolean isDisk = type.equals(DISK);
        if (!isDisk) {
            given.put("type", type.toUpperCase(Locale.ROOT));
        }
        int usual = isDisk ? DISK_BLOCK_BYTES : CD_BLOCK_BYTES;
        return appliance
                .volumes()
                .create(new NewVolume(
                        name,
                        kind,
                        Optional.ofNullable(size).map(ByteSize::parse),
                        Optional.ofNullable(path),
                        block == 0 ? usual : block,
                        given));
    }

    @Override
    protected void print(Volume volume, PrintStream out) {
        out.println("Volume " + volume.name() + " of " + new ByteSize(volume.sizeBytes()) + " is ready; present it with"
                + " target:map TARGET " + volume.name() + ".");
    }
}
