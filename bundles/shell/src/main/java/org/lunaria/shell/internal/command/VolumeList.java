package org.lunaria.shell.internal.command;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code volume:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "list",
        description = "Show all volumes.",
        detailedDescription = "Example: volume:list --json")
public final class VolumeList extends ListCommand<Volume> {

    @Override
    protected List<Volume> run(Appliance appliance) {
        return appliance.volumes().list();
    }

    @Override
    protected List<Column<Volume>> columns() {
        return List.of(
                Column.text("Name", Volume::name),
                Column.text("Kind", Volume::kind),
                Column.number("Size", volume -> new ByteSize(volume.sizeBytes())),
                Column.text("State", Volume::state),
                Column.text("Serial", Volume::serial),
                Column.text("Mapped as", VolumeList::mappings),
                Column.text("Detail", Volume::detail));
    }

    @Override
    protected String nothing() {
        return "There is no volume; volume:create makes one.";
    }

    private static String mappings(Volume volume) {
        return volume.mappings().stream()
                .map(mapping -> mapping.target() + "/" + mapping.lun())
                .collect(Collectors.joining(" "));
    }
}
