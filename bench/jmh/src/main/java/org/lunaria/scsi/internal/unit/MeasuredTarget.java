package org.lunaria.scsi.internal.unit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.reservation.ReservationFolder;
import org.lunaria.scsi.internal.saved.SavedFolder;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.scsi.internal.slot.Policy.WhenGone;

/** A target with one disk as LUN 0, put together without a container. It is in this package to get at the engine. */
public final class MeasuredTarget {
    private static final String UNIT = "disk";

    /** What initiators are to see of it. */
    public static final LunMap DISK = new LunMap(Map.of(0, new LunMap.Mapping(UNIT, false)));

    private MeasuredTarget() {}

    public static ScsiTarget over(BlockBackend backend) {
        Identity identity =
                new Identity(DeviceType.DISK, "LUNARIA", "VOLUME", "0.1", "bench", "3000000000000001", false, 1);
        UnitSettings settings =
                new UnitSettings(UNIT, UNIT, identity, 512, false, true, false, new Policy(WhenGone.FAIL, 0));
        Engine engine = new Engine(
                new ReservationFolder(Path.of("target", "reservations")), new SavedFolder(Path.of("target", "saved")));
        LogicalUnit unit = engine.unit(settings);
        require(engine.add(unit));
        require(unit.slot().attach(backend));
        return engine.create("iqn.2026-11.org.lunaria:bench");
    }

    private static void require(Optional<String> refusal) {
        if (refusal.isPresent()) {
            throw new IllegalStateException(refusal.get());
        }
    }
}
