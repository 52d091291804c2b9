package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.Backends;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Volume;
import org.lunaria.admin.Volumes;
import org.lunaria.scsi.ScsiTargets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and removes volumes. Thread-safe. */
final class VolumeAdministration implements Volumes {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeAdministration.class);

    private final Changes changes;
    private final Configurations configurations;
    private final Backends backends;
    private final DataFolder data;
    private final VolumeView view;
    private final SecureRandom random;
    private final Supplier<Optional<ScsiTargets>> engine;

    /** @param engine moves media, and forgets what is kept of a unit that is gone for good */
    VolumeAdministration(
            Changes changes,
            Configurations configurations,
            Backends backends,
            DataFolder data,
            VolumeView view,
            SecureRandom random,
            Supplier<Optional<ScsiTargets>> engine) {
        this.changes = changes;
        this.configurations = configurations;
        this.backends = backends;
        this.data = data;
        this.view = view;
        this.random = random;
        this.engine = engine;
    }

    @Override
    public Volume create(NewVolume volume) {
        NameRule.check("volume", volume.name());
        try (Change change = changes.begin()) {
            requireNew(volume.name());
            VolumePlan plan = VolumePlan.of(
                    volume, kind(volume.kind()), backends.unitKeys(), data, drawIdentity(), changes.newText());
            plan.path().ifPresent(path -> requireUnused(VolumePlan.PATH, path));
            plan.device().ifPresent(device -> requireUnused(VolumePlan.DEVICE, device));
            plan.newFile().ifPresent(VolumeAdministration::requireMissing);
            if (volume.path().isEmpty() && plan.path().isPresent()) {
                data.prepare();
            }
            plan.newFile().ifPresent(file -> change.onUndo(() -> discard(change, plan.backendId(), file)));
            change.tryOut(plan.backendId(), plan.first());
            if (plan.lasting() != plan.first()) {
                change.tryOut(plan.backendId(), plan.lasting());
            }
            change.tryOut(plan.unitId(), plan.unit());
            change.require(() -> view.serves(volume.name()));
            change.commit();
        }
        LOG.info("Volume {} of kind {} is made.", volume.name(), volume.kind());
        return get(volume.name());
    }

    @Override
    public List<Volume> list() {
        return view.list();
    }

    @Override
    public Volume get(String name) {
        return list().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException(
                        "volume '" + name + "' does not exist; volume:list shows those that do."));
    }

    @Override
    public DeletedVolume delete(String name, boolean purge) {
        try (Change change = changes.begin()) {
            Volume volume = get(name);
            requireUnmapped(volume);
            Optional<Path> path = place(volume, VolumePlan.PATH);
            Optional<Path> device = place(volume, VolumePlan.DEVICE);
            if (purge) {
                device.ifPresent(each -> refusePurge(volume, each));
                path.ifPresent(this::requireOwn);
            }
            // The unit goes first: a backend without a unit harms nobody should this break off in between.
            change.remove(InstanceId.unit(name));
            change.awaitGone(InstanceId.unit(name));
            if (!volume.naa().isEmpty()) {
                String naa = volume.naa().toLowerCase(Locale.ROOT);
                engine.get().ifPresent(there -> there.forget(naa));
            }
            for (InstanceId backend : view.backends(name)) {
                change.remove(backend);
                change.awaitGone(backend);
            }
            if (purge) {
                path.ifPresent(data::purge);
            }
            LOG.info("Volume {} is deleted, its data {}.", name, purge ? "too" : "is kept");
            return new DeletedVolume(
                    name,
                    path.or(() -> device)
                            .filter(Files::exists)
                            .map(Path::toString)
                            .orElse(""));
        }
    }

    @Override
    public Volume eject(String name, boolean force) {
        get(name);
        refuse(engine().eject(name, force));
        LOG.info("The medium of volume {} is ejected{}.", name, force ? " by force" : "");
        return get(name);
    }

    @Override
    public Volume load(String name, Optional<String> path) {
        if (path.isPresent()) {
            changeMedium(get(name), DataFolder.absolute(path.get()));
        }
        get(name);
        refuse(engine().load(name));
        LOG.info("A medium is loaded into volume {}.", name);
        return get(name);
    }

    /** Lets the backend hold another file, of whatever size, while initiators are told that there is none. */
    private void changeMedium(Volume volume, Path path) {
        if (!volume.backend().containsKey(VolumePlan.PATH)) {
            throw new ApplianceException("volume " + volume.name() + " has no path; leave it out.");
        }
        if (volume.medium() != Volume.Medium.EJECTED) {
            throw new ApplianceException(
                    "volume " + volume.name() + " has its medium in; first volume:eject " + volume.name() + ".");
        }
        try (Change change = changes.begin()) {
            requireUnused(VolumePlan.PATH, path);
            InstanceId backend = InstanceId.backend(volume.kind(), volume.name());
            CfgText text = changes.textOf(backend).without(VolumePlan.SIZE).with(VolumePlan.PATH, path.toString());
            change.startAnew(backend, text);
            change.require(() -> view.serves(volume.name()));
            change.commit();
        }
    }

    private ScsiTargets engine() {
        return engine.get()
                .orElseThrow(() -> new ApplianceException("the SCSI engine does not run; see appliance:status."));
    }

    private static void refuse(Optional<String> reason) {
        reason.ifPresent(sentence -> {
            throw new ApplianceException(sentence);
        });
    }

    private BackendKind kind(String name) {
        List<BackendKind> kinds = backends.kinds();
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException("kind '" + name + "': give one of "
                        + String.join(
                                ", ", kinds.stream().map(BackendKind::name).toList()) + "."));
    }

    private Identity drawIdentity() {
        return Identity.draw(
                random,
                configurations.list(InstanceId.UNIT).values().stream()
                        .map(Values::new)
                        .toList());
    }

    private void requireNew(String name) {
        if (list().stream().anyMatch(volume -> volume.name().equals(name))) {
            throw new ApplianceException("volume '" + name + "' exists already; choose another name.");
        }
    }

    /** @param key that says where a volume has its data */
    private void requireUnused(String key, Path path) {
        for (Volume volume : list()) {
            String used = volume.backend().get(key);
            if (used != null && same(Path.of(used), path)) {
                throw new ApplianceException(key + " " + path + " belongs to volume " + volume.name()
                        + "; give another " + (key.equals(VolumePlan.PATH) ? "--path." : "one."));
            }
        }
    }

    private static Optional<Path> place(Volume volume, String key) {
        return Optional.ofNullable(volume.backend().get(key)).map(Path::of).filter(Path::isAbsolute);
    }

    private static void refusePurge(Volume volume, Path device) {
        throw new ApplianceException("the data of volume " + volume.name() + " is the device " + device
                + ", which is never purged; delete the volume without --purge.");
    }

    private static void requireMissing(Path path) {
        if (Files.exists(path)) {
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

    private void requireOwn(Path path) {
        if (!data.owns(path)) {
            throw new ApplianceException("the data " + path + " is outside " + data.folder()
                    + ", where alone volumes are purged; delete the volume without --purge, then that data by hand.");
        }
    }

    private static void requireUnmapped(Volume volume) {
        if (!volume.mappings().isEmpty()) {
            Mapping mapping = volume.mappings().get(0);
            throw new ApplianceException("volume " + volume.name() + " is lun " + mapping.lun() + " of target "
                    + mapping.target() + "; first target:unmap " + mapping.target() + " " + volume.name() + ".");
        }
    }

    private void discard(Change change, InstanceId backend, Path file) {
        change.awaitGone(backend);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
