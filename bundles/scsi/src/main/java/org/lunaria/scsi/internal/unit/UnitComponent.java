package org.lunaria.scsi.internal.unit;

import java.util.Map;
import java.util.Optional;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured logical unit. Its backend is looked for by {@code backend.id} and may come, go and be another one; the unit
 * stays. Of a changed configuration it takes what can change while initiators are logged in.
 */
@Component(
        name = UnitSettings.FACTORY_PID,
        configurationPid = UnitSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = UnitConfig.class, factory = true)
public final class UnitComponent {
    private static final Logger LOG = LoggerFactory.getLogger(UnitComponent.class);

    private final Engine engine;
    private final String defaultRevision;
    private final LogicalUnit unit;
    private final UnitBackends backends;

    /** @throws InvalidSetting when the unit cannot be as it is asked for; nothing is left of it then */
    @Activate
    public UnitComponent(
            BundleContext context, Map<String, Object> properties, @Reference EngineComponent engineComponent) {
        engine = engineComponent.engine();
        Version version = context.getBundle().getVersion();
        defaultRevision = version.getMajor() + "." + version.getMinor();
        Settings source = source(properties);
        UnitSettings settings = UnitSettings.of(source, defaultRevision);
        Optional<CopyWish> copy = CopyWish.of(source, settings.backendId());
        unit = engine.unit(settings);
        Optional<String> clash = engine.add(unit);
        if (clash.isPresent()) {
            unit.close();
            throw new InvalidSetting(source + ": " + clash.get() + ".");
        }
        BackendChoice choice = new BackendChoice(settings.name(), unit.slot(), settings.backendId(), copy);
        unit.choice(choice);
        backends = new UnitBackends(context, choice);
        unit.spaceWatch().start();
        unit.slot().stallWatch().start();
        LOG.info("unit {} serves backend {}", settings.name(), settings.backendId());
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            Settings source = source(properties);
            UnitSettings changed = UnitSettings.of(source, defaultRevision);
            Optional<CopyWish> copy = CopyWish.of(source, changed.backendId());
            if (!changed.keepsIdentityOf(unit.settings())) {
                LOG.warn(
                        "unit {}: type, serial, naa, blockBytes, removable and rotationRate stay as they are"
                                + " while the unit runs; set them back, or make a new unit",
                        unit.name());
            }
            unit.change(changed.withIdentityOf(unit.settings()));
            backends.want(changed.backendId(), copy);
            LOG.info("unit {} has new settings", unit.name());
        } catch (InvalidSetting e) {
            LOG.error("{} The unit goes on with what it had.", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        engine.remove(unit);
        backends.close();
        unit.close();
        LOG.info("unit {} is gone", unit.name());
    }

    private static Settings source(Map<String, Object> properties) {
        return new Settings(UnitSettings.FACTORY_PID, properties, UnitConfig.class);
    }
}
