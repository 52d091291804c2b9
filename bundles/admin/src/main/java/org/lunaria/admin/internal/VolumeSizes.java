package org.lunaria.admin.internal;

import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Volume;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes volumes larger and smaller while they serve. A backend serves what its store has, should that be more than its
 * {@code sizeBytes}: so a volume grows first and its file says so then, and it becomes smaller after its file has said so. Whenever
 * the process dies in between, the next start serves the larger size, which nobody was told less than. A file names the smaller size
 * too where it is not known which of them there will be. Thread-safe.
 */
final class VolumeSizes {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeSizes.class);
    private static final String RESIZE = "RESIZE";

    private final Changes changes;
    private final Stores stores;
    private final VolumeView view;
    private final Supplier<ScsiTargets> engine;

    /** @param engine has it done */
    VolumeSizes(Changes changes, Stores stores, VolumeView view, Supplier<ScsiTargets> engine) {
        this.changes = changes;
        this.stores = stores;
        this.view = view;
        this.engine = engine;
    }

    /** @param force whether it may become smaller */
    void resize(String name, long bytes, boolean force) {
        try (Change change = changes.begin()) {
            Volume volume = view.get(name);
            check(volume, bytes);
            InstanceId backend = view.backendOf(name)
                    .orElseThrow(() -> new ApplianceException("volume " + name + " has no backend; see volume:show."));
            Optional<CfgText> text = Optional.of(changes.textOf(backend))
                    .filter(VolumeSizes::saysSize)
                    .map(before -> before.with(StorePlan.SIZE, Long.toString(bytes)));
            boolean smaller = bytes < volume.sizeBytes();
            if (smaller) {
                requireShrinkable(volume, bytes, force);
                text.ifPresent(first -> change.writeFirst(backend, first));
            }
            SizeChange resized = engine.get().resize(name, bytes, force);
            if (resized.outcome() == SizeChange.Outcome.REFUSED) {
                throw new ApplianceException(resized.reason());
            }
            change.stand();
            if (smaller || view.get(name).sizeBytes() == bytes) {
                text.ifPresent(changed -> note(change, name, backend, changed));
            }
            if (resized.outcome() == SizeChange.Outcome.OPEN) {
                throw new ApplianceException(resized.reason());
            }
        }
        LOG.info("Volume {} has {} bytes now.", name, bytes);
    }

    /** It has come about, or may yet, and is not undone because its file cannot be written. */
    private static void note(Change change, String name, InstanceId backend, CfgText text) {
        try {
            change.tryOut(backend, text);
            change.commit();
        } catch (ApplianceException e) {
            change.stand();
            throw new ApplianceException(
                    "volume " + name + " has its new size, but " + backend.fileName() + " does not say so: "
                            + e.getMessage() + " Repeat the command when that is mended.",
                    e);
        }
    }

    private void check(Volume volume, long bytes) {
        String name = "volume " + volume.name();
        if (volume.blockBytes() > 0 && (bytes == 0 || bytes % volume.blockBytes() != 0)) {
            throw new ApplianceException("size " + bytes + ": give a multiple of the block length "
                    + volume.blockBytes() + " above 0, such as 10G.");
        }
        if (volume.state() != Volume.State.READY) {
            throw new ApplianceException(name + " is not ready: " + volume.detail());
        }
        // Of a disc, and where none is in, the engine has its own word.
        boolean hasMedium = volume.medium() != Volume.Medium.EJECTED
                && !"CDROM".equals(volume.unit().get("type"));
        if (bytes != volume.sizeBytes() && hasMedium && !canResize(volume)) {
            throw new ApplianceException(name + " " + otherWay(volume));
        }
    }

    private boolean canResize(Volume volume) {
        String id = view.backendOf(volume.name()).map(InstanceId::name).orElse("");
        return stores.backends().list().stream()
                .anyMatch(open -> open.id().equals(id) && open.capabilities().contains(RESIZE));
    }

    /** What an administrator does with a store that does not change its size itself. */
    private static String otherWay(Volume volume) {
        String device = volume.backend().getOrDefault(StorePlan.DEVICE, "");
        if (!device.isEmpty()) {
            return "is on the device " + device + ", which is made larger where it comes from (lvextend, say);"
                    + " the volume follows by itself within a second or two.";
        }
        return volume.backend().containsKey(StorePlan.PATH)
                ? "is in a file that the appliance may not write; give its user the right to, and eject and load, or"
                        + " restart, the volume."
                : "is in a store of kind " + volume.kind()
                        + ", which cannot change its size itself; make it larger where it"
                        + " is kept, and the volume follows when its backend has connected anew.";
    }

    private static void requireShrinkable(Volume volume, long bytes, boolean force) {
        String name = volume.name();
        String lost = "what lies behind " + new ByteSize(bytes) + " is destroyed";
        if (!volume.mappings().isEmpty()) {
            Mapping mapping = volume.mappings().get(0);
            throw new ApplianceException("volume " + name + " is lun " + mapping.lun() + " of target "
                    + mapping.target() + " and would become smaller, from " + new ByteSize(volume.sizeBytes()) + " to "
                    + new ByteSize(bytes) + ": first target:unmap " + mapping.target() + " " + name + ".");
        }
        if (!force) {
            throw new ApplianceException("volume " + name + " would become smaller, from "
                    + new ByteSize(volume.sizeBytes()) + " to " + new ByteSize(bytes) + ", and " + lost
                    + "; repeat with --force if that is meant.");
        }
    }

    /** Without a size, or with -1, a backend takes that of its store. */
    private static boolean saysSize(CfgText text) {
        Object size = text.values().get(StorePlan.SIZE);
        return size != null && !size.toString().startsWith("-");
    }
}
