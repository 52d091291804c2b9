package org.lunaria.iscsi.internal.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;

/** An engine whose targets take no commands. */
final class SilentEngine implements ScsiTargets {
    final List<SilentScsiTarget> created = new ArrayList<>();
    final List<UnitStatus> units = new ArrayList<>();

    @Override
    public ScsiTarget create(String name) {
        SilentScsiTarget target = new SilentScsiTarget(name);
        created.add(target);
        return target;
    }

    @Override
    public void forget(String naa) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> eject(String unit, boolean force) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> load(String unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SizeChange resize(String unit, long capacityBytes, boolean shrink) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return Optional.of("");
    }

    @Override
    public List<UnitStatus> units() {
        return units;
    }

    @Override
    public List<UnitTraffic> traffic() {
        return List.of();
    }

    void unit(String name, String slot) {
        units.add(new UnitStatus(
                name,
                name,
                name,
                slot,
                "",
                0,
                512,
                "",
                "",
                false,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                0,
                0,
                "",
                "",
                UnitSpace.UNKNOWN,
                "",
                "",
                Optional.empty()));
    }
}
