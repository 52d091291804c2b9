package org.lunaria.shell.internal.command;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Volume;
import org.lunaria.shell.internal.completion.VolumeNames;
import org.lunaria.shell.internal.console.Facts;
import org.lunaria.shell.internal.console.MoveProgress;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.ShowCommand;

/** {@code volume:show}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "volume",
        name = "show",
        description = "Show one volume with all that is known of it.",
        detailedDescription = "Example: volume:show disk1")
public final class VolumeShow extends ShowCommand<Volume> {

    @Argument(name = "volume", required = true, description = "Name of the volume.")
    @Completion(VolumeNames.class)
    private String name;

    @Override
    protected Volume run(Appliance appliance) {
        return appliance.volumes().get(name);
    }

    @Override
    protected Facts facts(Volume volume) {
        Volume.Activity activity = volume.activity();
        Facts facts = new Facts()
                .add("Name", volume.name())
                .add("Kind", volume.kind())
                .add("State", volume.state())
                .add("Detail", volume.detail())
                .add("Provider", volume.provider().map(VolumeShow::provider).orElse(""))
                .add("Size", new ByteSize(volume.sizeBytes()) + " (" + volume.sizeBytes() + " bytes)")
                .add("Block", volume.blockBytes() + " bytes")
                .add("Space", space(volume.space()))
                .add("Serial", volume.serial())
                .add("NAA", volume.naa())
                .add("Medium", volume.medium().name().toLowerCase(Locale.ROOT))
                .add("Read only", volume.readOnly() ? "yes" : "no")
                .add("Mode", volume.modes().isEmpty() ? "as configured" : "by initiators: " + volume.modes())
                .add("Operation", volume.operation().isEmpty() ? "none" : volume.operation())
                .add("Read", activity.reads() + " times, " + new ByteSize(activity.readBytes()))
                .add("Written", activity.writes() + " times, " + new ByteSize(activity.writtenBytes()))
                .add("Failed", activity.failures() + " times")
                .add(
                        "Last failure",
                        volume.lastFailure().map(Volume.Failure::text).orElse(""))
                .add("Under way", activity.inFlight() + ", and " + activity.held() + " wait for a backend")
                .add("Stalled", stalled(activity))
                .add(
                        "Swaps",
                        activity.swaps()
                                + (activity.swaps() == 0
                                        ? ""
                                        : "; commands waited " + activity.lastHoldMillis() + " ms in the last, "
                                                + activity.longestHoldMillis() + " ms at most"));
        facts.add(
                "Held",
                volume.holds().stream()
                        .map(hold -> hold.began() + " for " + hold.millis() + " ms")
                        .collect(Collectors.joining(", ")));
        volume.copy()
                .ifPresent(copy -> facts.add(
                        "Moves to",
                        "backend " + copy.to() + ": "
                                + copy.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                                + MoveProgress.text(copy) + (copy.detail().isEmpty() ? "" : "; " + copy.detail())));
        for (Mapping mapping : volume.mappings()) {
            facts.add("Target " + mapping.target(), "lun " + mapping.lun() + (mapping.readOnly() ? ", read only" : ""));
        }
        volume.backend().forEach((key, value) -> facts.add("Backend " + key, value));
        volume.unit().forEach((key, value) -> facts.add("Unit " + key, value));
        return facts;
    }

    private static String provider(Volume.Provider provider) {
        return provider.bundle() + " " + provider.version() + ", since " + provider.since();
    }

    private static String stalled(Volume.Activity activity) {
        if (activity.stalled() == 0) {
            return "";
        }
        return activity.stalled() + (activity.stalled() == 1 ? " command waits" : " commands wait")
                + " for the backend since " + activity.stalledSeconds() + " s";
    }

    private static String space(Volume.Space space) {
        if (space.usedBytes() < 0) {
            return "";
        }
        return new ByteSize(space.usedBytes()) + " taken, " + new ByteSize(space.availableBytes()) + " left"
                + (space.shared() ? ", which others may take" : "") + (space.low() ? ": low" : "");
    }
}
