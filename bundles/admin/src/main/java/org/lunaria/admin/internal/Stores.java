package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.Backends;

/** The backends of volumes, and what they have their data in. Thread-safe. */
final class Stores {
    private final Configurations configurations;
    private final Backends backends;
    private final DataFolder data;
    private final PassingFiles passing;

    Stores(Configurations configurations, Backends backends, DataFolder data, PassingFiles passing) {
        this.passing = passing;
        this.configurations = configurations;
        this.backends = backends;
        this.data = data;
    }

    DataFolder data() {
        return data;
    }

    Backends backends() {
        return backends;
    }

    BackendKind kind(String name) {
        List<BackendKind> kinds = backends.kinds();
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException("kind '" + name + "': give one of "
                        + String.join(
                                ", ", kinds.stream().map(BackendKind::name).toList()) + "."));
    }

    /** Makes a backend as a part of a change; what it made is gone should the change be undone. */
    void make(Change change, StorePlan plan) {
        plan.path().ifPresent(path -> requireUnused(StorePlan.PATH, path));
        plan.device().ifPresent(device -> requireUnused(StorePlan.DEVICE, device));
        plan.newFile().ifPresent(Stores::requireMissing);
        if (plan.ownFolder()) {
            data.prepare();
        }
        plan.newFile().ifPresent(file -> {
            passing.noteUntilEnd(change, List.of(file));
            discardOnUndo(change, plan.id(), file);
        });
        change.tryOut(plan.id(), plan.first());
        if (plan.lasting() != plan.first()) {
            change.tryOut(plan.id(), plan.lasting());
        }
    }

    /** Has a file that a backend makes go with it, should the change be undone. */
    static void discardOnUndo(Change change, InstanceId backend, Path file) {
        change.onUndo(() -> discard(change, backend, file));
    }

    /** Also when it is a link that leads nowhere: a link is no file of ours either. */
    static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Has a backend end for good when the change is committed.
     *
     * @return where its data stays, if that can be told
     */
    Optional<Path> removeAtLast(Change change, InstanceId id) {
        Optional<Path> place = place(id);
        change.removeAtLast(id);
        return place;
    }

    /** Where a backend has its data, if that can be told. */
    Optional<Path> place(InstanceId id) {
        Values values = configurations.values(id).map(Values::new).orElse(Values.NONE);
        return place(values, StorePlan.PATH).or(() -> place(values, StorePlan.DEVICE));
    }

    /** Whether a backend's data lies in the appliance's own folder, and was not there before it. */
    boolean isMadeForItsVolume(InstanceId id) {
        Values values = configurations.values(id).map(Values::new).orElse(Values.NONE);
        return !values.text(StorePlan.CREATE).equals("false")
                && place(values, StorePlan.PATH).filter(data::owns).isPresent();
    }

    /** Has files deleted by the next start that are to be deleted in a change, should the process die before they are; no others. */
    void willPurge(Change change, List<Path> files) {
        passing.noteUntilEnd(change, files);
    }

    /** @param key that says where a backend has its data */
    void requireUnused(String key, Path path) {
        configurations.list(InstanceId.BACKEND_NAMESPACE + "*").forEach((id, values) -> {
            Optional<Path> used = place(new Values(values), key);
            if (used.isPresent() && same(used.get(), path)) {
                throw new ApplianceException(key + " " + path + " belongs to volume " + id.name() + "; give another "
                        + (key.equals(StorePlan.PATH) ? "--path." : "one."));
            }
        });
    }

    private static Optional<Path> place(Values values, String key) {
        return Optional.of(values.text(key))
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }

    private static void requireMissing(Path path) {
        if (isThere(path)) {
            throw new ApplianceException("path " + path
                    + " exists already; give another --path, or --set create=false to serve what is in it.");
        }
    }

    private static boolean same(Path a, Path b) {
        try {
            return a.normalize().equals(b.normalize()) || Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compare " + a + " and " + b, e);
        }
    }

    private static void discard(Change change, InstanceId backend, Path file) {
        change.awaitGone(backend);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
