package org.lunaria.shell.internal.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.admin.ConfigurationDifference;

/** What a change of the configuration means for the data of volumes, in words. Stateless. */
public final class StoreRemarks {
    private static final String UNIT = "org.lunaria.unit";
    private static final String BACKEND = "org.lunaria.backend.";
    private static final String DATA = "karaf.data";

    private StoreRemarks() {}

    public static List<String> of(ConfigurationDifference difference) {
        Map<String, String> volumes = volumes(difference);
        List<String> remarks = new ArrayList<>();
        for (ConfigurationDifference.Instance instance : difference.instances()) {
            if (instance.pid().startsWith(BACKEND)) {
                remark(instance, volumes.getOrDefault(instance.name(), instance.name()))
                        .ifPresent(remarks::add);
            }
        }
        return remarks;
    }

    /** By the names of their backends, which are others once they have moved. */
    private static Map<String, String> volumes(ConfigurationDifference difference) {
        Map<String, String> volumes = new HashMap<>();
        difference.instances().stream()
                .filter(instance -> instance.pid().equals(UNIT))
                .forEach(unit -> unit.keys().stream()
                        .filter(key -> key.name().equals("backend.id"))
                        .flatMap(key -> key.after().or(key::before).stream())
                        .forEach(backend -> volumes.put(backend, unit.name())));
        return volumes;
    }

    private static Optional<String> remark(ConfigurationDifference.Instance instance, String name) {
        Optional<String> place = Optional.empty();
        boolean makes = false;
        boolean moves = false;
        for (ConfigurationDifference.Key key : instance.keys()) {
            if (List.of("path", "device", "uri").contains(key.name())) {
                place = key.after().or(key::before).map(StoreRemarks::resolved);
                moves = key.before().isPresent() && key.after().isPresent();
            }
            makes |= key.name().equals("create") && key.after().equals(Optional.of("true"));
        }
        Optional<String> there = place;
        boolean made = makes;
        boolean moved = moves;
        return switch (instance.kind()) {
            case REMOVED -> there.map(where -> "volume " + name + " goes; its data stays in " + where + ".");
            case CHANGED ->
                there.filter(where -> moved)
                        .map(where -> "volume " + name + " gets other data: what is in " + where
                                + "; what it had stays where it was.");
            case ADDED -> there.map(where -> "volume " + name + added(where, made));
        };
    }

    private static String added(String where, boolean made) {
        return made && !Files.exists(Path.of(where))
                ? " is made in " + where + ", empty."
                : " takes what is in " + where + ", with its data.";
    }

    /** As far as it can be told without the file. */
    private static String resolved(String raw) {
        String data = System.getProperty(DATA);
        return data == null ? raw : raw.replace("${" + DATA + "}", data);
    }
}
