package org.lunaria.scsi.internal.unit;

import java.util.Map;
import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logical unit from its configuration to its end: shown to the targets, with a choice of backends that somebody else brings and
 * takes. Its calls come one at a time, as those of a component do.
 */
public final class ServedUnit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedUnit.class);

    /** What is wanted of a unit's backends. */
    record Wanted(String backendId, Optional<CopyWish> copy) {}

    private final Engine engine;
    private final String defaultRevision;
    private final LogicalUnit unit;
    private final BackendChoice choice;

    /**
     * @param properties the keys of {@link UnitConfig}, and {@code service.pid} with the name
     * @param defaultRevision of the product, where the configuration has none
     * @throws InvalidSetting when the unit cannot be as it is asked for; nothing is left of it then
     */
    public ServedUnit(Engine engine, Map<String, ?> properties, String defaultRevision) {
        this.engine = engine;
        this.defaultRevision = defaultRevision;
        Settings source = source(properties);
        UnitSettings settings = UnitSettings.of(source, defaultRevision);
        Optional<CopyWish> copy = CopyWish.of(source, settings.backendId());
        unit = engine.unit(settings);
        Optional<String> clash = engine.add(unit);
        if (clash.isPresent()) {
            unit.close();
            throw new InvalidSetting(source + ": " + clash.get() + ".");
        }
        choice = new BackendChoice(settings.name(), unit.slot(), settings.backendId(), copy);
        unit.choice(choice);
        unit.spaceWatch().start();
        unit.slot().stallWatch().start();
        LOG.info("unit {} serves backend {}", settings.name(), settings.backendId());
    }

    public String name() {
        return unit.name();
    }

    /** A backend is there that may serve the unit. */
    public void arrived(BlockBackend backend) {
        choice.arrived(unit.settings().backendId(), backend);
    }

    /** It goes; when this returns the unit has let it go. */
    public void gone(BlockBackend backend) {
        choice.gone(unit.settings().backendId(), backend);
    }

    /** Why no backend is in the slot, or empty when there is one. */
    public Optional<String> absence() {
        return unit.slot().isAttached()
                ? Optional.empty()
                : Optional.of(unit.slot().status().detail());
    }

    /** Who brings backends tells it, and waits for it when they go. */
    BackendChoice choice() {
        return choice;
    }

    /**
     * Takes of another configuration what can change while initiators are logged in.
     *
     * @return which backends it wants now: to be told to the choice
     * @throws InvalidSetting when it cannot be taken, and then nothing has changed
     */
    Wanted change(Map<String, ?> properties) {
        Settings source = source(properties);
        UnitSettings changed = UnitSettings.of(source, defaultRevision);
        Optional<CopyWish> copy = CopyWish.of(source, changed.backendId());
        if (!changed.keepsIdentityOf(unit.settings())) {
            throw new InvalidSetting(
                    source + ": type, serial, naa, blockBytes, removable and rotationRate stay as they are"
                            + " while the unit runs; set them back, or make a new unit.");
        }
        unit.change(changed);
        LOG.info("unit {} has new settings", unit.name());
        return new Wanted(changed.backendId(), copy);
    }

    /** Initiators see it no more. To be followed by the end of those who bring backends, and then by {@link #close}. */
    public void hide() {
        engine.remove(unit);
    }

    @Override
    public void close() {
        unit.close();
        LOG.info("unit {} is gone", unit.name());
    }

    private static Settings source(Map<String, ?> properties) {
        return new Settings(UnitSettings.FACTORY_PID, properties, UnitConfig.class);
    }
}
