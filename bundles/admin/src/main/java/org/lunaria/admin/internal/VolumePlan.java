package org.lunaria.admin.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Identity;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.SettingKey;

/**
 * The two configurations that a new volume needs, checked as far as that is possible before anything is made. Immutable.
 *
 * @param store of its backend
 */
record VolumePlan(StorePlan store, InstanceId unitId, CfgText unit) {
    /** Keys of the unit that have an option of their own, or none at all. */
    private static final Set<String> NOT_BY_SET = Set.of("serial", "naa", "blockBytes");

    /** Of the logical unit: what initiators see. */
    private static final String TYPE = "type";

    private static final String CDROM = "CDROM";
    private static final List<Integer> BLOCK_BYTES = List.of(512, 4096);
    private static final int CD_BLOCK_BYTES = 2048;

    static VolumePlan of(
            NewVolume volume,
            BackendKind kind,
            List<SettingKey> unitKeys,
            DataFolder data,
            Identity identity,
            CfgText empty) {
        checkSize(volume);
        Set<String> settable = new TreeSet<>();
        unitKeys.forEach(key -> settable.add(key.name()));
        settable.removeAll(NOT_BY_SET);
        Map<String, String> ofBackend = new LinkedHashMap<>();
        Map<String, String> unit = new LinkedHashMap<>();
        unit.put(StorePlan.ID, volume.name());
        unit.put("serial", identity.serial());
        unit.put("naa", identity.naa());
        unit.put("blockBytes", Integer.toString(volume.blockBytes()));
        volume.settings().forEach((key, value) -> {
            StorePlan.requireSettable(key, "a volume", kind, settable);
            (StorePlan.isOf(kind, key) ? ofBackend : unit).put(key, value);
        });
        NewStore store = new NewStore(volume.kind(), volume.size(), volume.path(), ofBackend);
        return new VolumePlan(
                StorePlan.of(volume.name(), store, kind, !isCdrom(volume), data, empty),
                InstanceId.unit(volume.name()),
                empty.with(unit));
    }

    /** Whether it is to be a drive, whose disc is there already. */
    private static boolean isCdrom(NewVolume volume) {
        return CDROM.equalsIgnoreCase(volume.settings().getOrDefault(TYPE, ""));
    }

    private static void checkSize(NewVolume volume) {
        int block = volume.blockBytes();
        if (isCdrom(volume) && block != CD_BLOCK_BYTES) {
            throw new ApplianceException("block " + block + ": give 2048 for a CD.");
        }
        if (!isCdrom(volume) && !BLOCK_BYTES.contains(block)) {
            throw new ApplianceException("block " + block + ": give 512 or 4096.");
        }
        volume.size().map(ByteSize::bytes).ifPresent(bytes -> {
            if (bytes == 0 || bytes % block != 0) {
                throw new ApplianceException(
                        "size " + bytes + ": give a multiple of the block length " + block + " above 0, such as 10G.");
            }
        });
    }
}
