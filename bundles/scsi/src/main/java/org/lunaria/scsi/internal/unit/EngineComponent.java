package org.lunaria.scsi.internal.unit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The engine as a service: for transports by its interface, for the units of this bundle by its class. */
@Component(service = {ScsiTargets.class, EngineComponent.class})
public final class EngineComponent implements ScsiTargets {
    private final Engine engine;

    @Activate
    public EngineComponent(BundleContext context) {
        engine = new Engine(Path.of(context.getProperty("karaf.data")));
    }

    @Deactivate
    void deactivate() {
        engine.close();
    }

    Engine engine() {
        return engine;
    }

    @Override
    public ScsiTarget create(String name) {
        return engine.create(name);
    }

    @Override
    public void forget(String naa) {
        engine.forget(naa);
    }

    @Override
    public Optional<String> eject(String unit, boolean force) {
        return engine.eject(unit, force);
    }

    @Override
    public Optional<String> load(String unit) {
        return engine.load(unit);
    }

    @Override
    public SizeChange resize(String unit, long capacityBytes, boolean shrink) {
        return engine.resize(unit, capacityBytes, shrink);
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return engine.verdict(pid, values);
    }

    @Override
    public List<UnitStatus> units() {
        return engine.units();
    }

    @Override
    public List<UnitTraffic> traffic() {
        return engine.traffic();
    }
}
