package org.lunaria.scsi.internal.unit;

import java.util.List;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.UnitStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The engine as a service: for transports by its interface, for the units of this bundle by its class. */
@Component(service = {ScsiTargets.class, EngineComponent.class})
public final class EngineComponent implements ScsiTargets {
    private final Engine engine = new Engine();

    @Activate
    public EngineComponent() {}

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
    public List<UnitStatus> units() {
        return engine.units();
    }
}
