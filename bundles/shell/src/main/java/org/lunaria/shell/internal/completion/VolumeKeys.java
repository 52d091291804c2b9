package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Volume;

/** Completes the keys of the volume on the line, as its kind declares them. */
@Service
public final class VolumeKeys extends KeyCompleter {

    @Override
    protected List<SettingKey> keys(Appliance appliance, CommandLine line) {
        List<String> words = List.of(line.getArguments());
        return appliance.volumes().list().stream()
                .map(Volume::name)
                .filter(words::contains)
                .findFirst()
                .map(appliance.volumes()::keys)
                .orElse(List.of());
    }
}
