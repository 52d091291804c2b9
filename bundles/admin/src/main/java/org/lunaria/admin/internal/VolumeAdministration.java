package org.lunaria.admin.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.CancelledMove;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.admin.Identity;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.SettingKey;
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
    private final Stores stores;
    private final VolumeView view;
    private final VolumeMoves moves;
    private final VolumeSizes sizes;
    private final VolumeSettings settings;
    private final SecureRandom random;
    private final Supplier<Optional<ScsiTargets>> engine;

    /**
     * @param engine moves media, and forgets what is kept of a unit that is gone for good
     * @param taken whether those who serve a configuration have taken these values of it, which its component has
     */
    VolumeAdministration(
            Changes changes,
            Configurations configurations,
            Stores stores,
            VolumeView view,
            SecureRandom random,
            Supplier<Optional<ScsiTargets>> engine,
            BiFunction<InstanceId, Map<String, Object>, Progress> taken) {
        this.changes = changes;
        this.configurations = configurations;
        this.stores = stores;
        this.view = view;
        this.moves = new VolumeMoves(changes, stores, view);
        this.sizes = new VolumeSizes(changes, stores, view, this::engine);
        this.settings = new VolumeSettings(changes, stores, view, taken);
        this.random = random;
        this.engine = engine;
    }

    @Override
    public Volume create(NewVolume volume) {
        NameRule.check("volume", volume.name());
        try (Change change = changes.begin()) {
            requireNew(volume.name());
            VolumePlan plan = VolumePlan.of(
                    volume,
                    stores.kind(volume.kind()),
                    stores.backends().unitKeys(),
                    stores.data(),
                    drawIdentity(),
                    changes.newText());
            stores.make(change, plan.store());
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
        return view.get(name);
    }

    @Override
    public List<SettingKey> keys(String name) {
        return settings.keys(name);
    }

    @Override
    public Volume set(String name, Map<String, String> values) {
        settings.set(name, values);
        return get(name);
    }

    @Override
    public Volume resize(String name, ByteSize size, boolean force) {
        sizes.resize(name, size.bytes(), force);
        return get(name);
    }

    @Override
    public Volume migrate(String name, NewStore store, long bytesPerSecond) {
        moves.migrate(name, store, bytesPerSecond);
        return get(name);
    }

    @Override
    public Volume swap(String name, NewStore store, boolean unchecked) {
        moves.swap(name, store, unchecked);
        return get(name);
    }

    @Override
    public CancelledMove cancelMove(String name) {
        Optional<Path> kept = moves.cancel(name);
        return new CancelledMove(get(name), kept.map(Path::toString).orElse(""));
    }

    /** Lets those backends take over that have everything; to be called again and again. */
    void finishMoves() {
        moves.finish();
    }

    @Override
    public DeletedVolume delete(String name, boolean purge) {
        try (Change change = changes.begin()) {
            Volume volume = get(name);
            requireUnmapped(volume);
            List<InstanceId> itsBackends = view.backendsOf(name);
            Optional<Path> path = place(volume, StorePlan.PATH);
            Optional<Path> device = place(volume, StorePlan.DEVICE);
            if (purge) {
                device.ifPresent(each -> refusePurge(volume, each));
                path.ifPresent(this::requireOwn);
            }
            VolumeMoves.Copies copies = moves.copies(volume);
            List<Path> going = Stream.concat(path.filter(own -> purge).stream(), copies.made().stream())
                    .toList();
            stores.willPurge(change, going);
            change.removeAtLast(InstanceId.unit(name));
            itsBackends.forEach(change::removeAtLast);
            change.commit();
            if (!volume.naa().isEmpty()) {
                String naa = volume.naa().toLowerCase(Locale.ROOT);
                engine.get().ifPresent(there -> there.forget(naa));
            }
            going.forEach(stores.data()::purge);
            boolean purged = purge && path.isPresent();
            LOG.info("Volume {} is deleted{}.", name, purged ? ", its file too" : "; what it stored is left as it is");
            return new DeletedVolume(
                    name,
                    path.or(() -> device)
                            .filter(Files::exists)
                            .map(Path::toString)
                            .orElse(""),
                    copies.kept().map(Path::toString).orElse(""));
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
        if (!volume.backend().containsKey(StorePlan.PATH)) {
            throw new ApplianceException("volume " + volume.name() + " has no path; leave it out.");
        }
        if (volume.medium() != Volume.Medium.EJECTED) {
            throw new ApplianceException(
                    "volume " + volume.name() + " has its medium in; first volume:eject " + volume.name() + ".");
        }
        try (Change change = changes.begin()) {
            stores.requireUnused(StorePlan.PATH, path);
            InstanceId backend = view.backendOf(volume.name()).orElseThrow();
            CfgText text = changes.textOf(backend).without(StorePlan.SIZE).with(StorePlan.PATH, path.toString());
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

    private Identity drawIdentity() {
        Set<String> taken = new HashSet<>();
        for (Map<String, Object> unit : configurations.list(InstanceId.UNIT).values()) {
            taken.add(new Values(unit).text("serial").toLowerCase(Locale.ROOT));
            taken.add(new Values(unit).text("naa").toLowerCase(Locale.ROOT));
        }
        return Identity.draw(random, taken::contains);
    }

    private void requireNew(String name) {
        if (list().stream().anyMatch(volume -> volume.name().equals(name))) {
            throw new ApplianceException("volume '" + name + "' exists already; choose another name.");
        }
    }

    private static Optional<Path> place(Volume volume, String key) {
        return Optional.ofNullable(volume.backend().get(key)).map(Path::of).filter(Path::isAbsolute);
    }

    private static void refusePurge(Volume volume, Path device) {
        throw new ApplianceException("the data of volume " + volume.name() + " is the device " + device
                + ", which is never purged; delete the volume without --purge.");
    }

    private void requireOwn(Path path) {
        if (!stores.data().owns(path)) {
            throw new ApplianceException(
                    "the data " + path + " is outside " + stores.data().folder()
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
}
