package org.lunaria.admin.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves volumes to other backends while they serve. The logical unit does the work by what its configuration says: it has its
 * bytes copied to the backend that {@code copyTo} names, or compared with it. When that backend has everything, its name is
 * written to the unit's file as {@code backend.id}, and only then does the unit let it take over: whenever the process dies, the
 * file names a backend that has all that was acknowledged. Thread-safe.
 */
final class VolumeMoves {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeMoves.class);

    private static final String COPY_TO = "copyTo";
    private static final String COPY_MODE = "copyMode";
    private static final String COPY_RATE = "copyBytesPerSecond";
    static final List<String> COPY_KEYS = List.of(COPY_TO, COPY_MODE, COPY_RATE);
    private static final String COMPARE = "COMPARE";

    private final Changes changes;
    private final Stores stores;
    private final VolumeView view;

    VolumeMoves(Changes changes, Stores stores, VolumeView view) {
        this.changes = changes;
        this.stores = stores;
        this.view = view;
    }

    /** Begins to copy a volume to a store that is made. */
    void migrate(String name, NewStore store, long bytesPerSecond) {
        try (Change change = changes.begin()) {
            Volume volume = requireMovable(name);
            BackendKind kind = stores.kind(store.kind());
            NewStore sized = store.size().isPresent() || !takesSize(kind)
                    ? store
                    : new NewStore(
                            store.kind(),
                            Optional.of(new ByteSize(volume.sizeBytes())),
                            store.path(),
                            store.settings());
            begin(change, name, sized, kind, true, Map.of(COPY_TO, freeName(name), COPY_RATE, "" + bytesPerSecond));
            change.commit();
        }
        LOG.info("Volume {} is being copied to a store of kind {}.", name, store.kind());
    }

    /**
     * Begins to compare a volume with a store that is there and has the same bytes, to take it then; or takes it at once.
     *
     * @param unchecked whether it is not compared
     */
    void swap(String name, NewStore store, boolean unchecked) {
        try (Change change = changes.begin()) {
            requireMovable(name);
            BackendKind kind = stores.kind(store.kind());
            String next = freeName(name);
            if (unchecked) {
                InstanceId before = view.backendOf(name).orElseThrow();
                begin(change, name, store, kind, false, Map.of(StorePlan.ID, next));
                change.require(() -> view.servedBy(name, next));
                Optional<Path> data = stores.removeAtLast(change, before);
                change.commit();
                keep(name, data);
            } else {
                begin(change, name, store, kind, false, Map.of(COPY_TO, next, COPY_MODE, COMPARE));
                change.commit();
            }
        }
    }

    /** Lets the backends take over that have everything, and whose volumes were to move. */
    void finish() {
        for (Volume volume : view.list()) {
            if (volume.copy()
                    .filter(copy -> copy.state() == Volume.Copy.State.IN_SYNC)
                    .isPresent()) {
                takeOver(volume.name());
            }
        }
    }

    /**
     * Ends a copy, and the store that it went to.
     *
     * @return where what was copied stays: a file that was made for it in the appliance's own folder does not
     */
    Optional<Path> cancel(String name) {
        Optional<Path> kept;
        try (Change change = changes.begin()) {
            Volume volume = view.get(name);
            String to = volume.unit().getOrDefault(COPY_TO, "");
            if (to.isEmpty()) {
                throw new ApplianceException(
                        "volume " + name + " is not being moved; volume:show " + name + " says where it is.");
            }
            change.tryOut(InstanceId.unit(name), without(changes.textOf(InstanceId.unit(name)), COPY_KEYS));
            change.require(() -> view.alone(name));
            Copies copies = copies(volume);
            view.backends(to).forEach(change::removeAtLast);
            stores.willPurge(change, copies.made());
            change.commit();
            copies.made().forEach(stores.data()::purge);
            kept = copies.kept();
        }
        LOG.info("Volume {} stays where it is.", name);
        return kept;
    }

    /**
     * What was copied of a volume that is being moved.
     *
     * @param made files that were made for that in the appliance's own folder, and go with the move
     * @param kept where it is otherwise, and stays
     */
    record Copies(List<Path> made, Optional<Path> kept) {}

    Copies copies(Volume volume) {
        List<Path> made = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        String to = volume.unit().getOrDefault(COPY_TO, "");
        if (!to.isEmpty() && !COMPARE.equals(volume.unit().get(COPY_MODE))) {
            view.backends(to)
                    .forEach(backend -> stores.place(backend)
                            .ifPresent(path -> (stores.isMadeForItsVolume(backend) ? made : others).add(path)));
        }
        return new Copies(made, others.stream().filter(Files::exists).findFirst());
    }

    private void takeOver(String name) {
        try (Change change = changes.begin()) {
            Volume volume = view.get(name);
            String to = volume.unit().getOrDefault(COPY_TO, "");
            Optional<InstanceId> before = view.backendOf(name);
            if (to.isEmpty() || before.isEmpty()) {
                return;
            }
            InstanceId unit = InstanceId.unit(name);
            CfgText moved = without(changes.textOf(unit), COPY_KEYS).with(StorePlan.ID, to);
            Optional<Path> data = stores.removeAtLast(change, before.get());
            change.writeThenApply(
                    unit,
                    moved,
                    () -> view.servedBy(name, to),
                    () -> view.servedBy(name, before.get().name()));
            change.commit();
            keep(name, data);
            LOG.info("Volume {} has moved to backend {}.", name, to);
        }
    }

    private static void keep(String name, Optional<Path> data) {
        data.filter(Files::exists).ifPresent(path -> LOG.info("What volume {} was in stays in {}.", name, path));
    }

    private void begin(
            Change change, String name, NewStore store, BackendKind kind, boolean makes, Map<String, String> keys) {
        store.settings().keySet().forEach(key -> StorePlan.requireSettable(key, "a store", kind, Set.of()));
        String next = keys.getOrDefault(COPY_TO, keys.get(StorePlan.ID));
        stores.make(change, StorePlan.of(next, store, kind, makes, stores.data(), changes.newText()));
        InstanceId unit = InstanceId.unit(name);
        change.tryOut(unit, changes.textOf(unit).with(keys));
        if (keys.containsKey(COPY_TO)) {
            change.require(() -> view.copies(name, next));
        }
    }

    private Volume requireMovable(String name) {
        Volume volume = view.get(name);
        if (volume.copy().isPresent()) {
            throw new ApplianceException(
                    "volume " + name + " is being moved already; volume:migrate " + name + " --cancel ends that.");
        }
        if (volume.state() != Volume.State.READY) {
            throw new ApplianceException("volume " + name + " is not ready: " + volume.detail());
        }
        return volume;
    }

    /** A name for another backend of a volume, under which nothing is or lies. */
    private String freeName(String name) {
        for (int number = 2; ; number++) {
            String candidate = name + "." + number;
            if (!view.isTaken(candidate) && !Files.exists(stores.data().pathFor(candidate))) {
                return candidate;
            }
        }
    }

    private static boolean takesSize(BackendKind kind) {
        return kind.keys().stream().anyMatch(key -> key.name().equals(StorePlan.SIZE));
    }

    private static CfgText without(CfgText text, List<String> keys) {
        CfgText rest = text;
        for (String key : keys) {
            rest = rest.without(key);
        }
        return rest;
    }
}
