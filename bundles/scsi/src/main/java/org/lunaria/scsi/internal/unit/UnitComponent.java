package org.lunaria.scsi.internal.unit;

import java.util.Map;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Verdicts;
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

    private final ServedUnit unit;
    private final UnitBackends backends;
    private final Verdicts verdicts;
    private final String pid;

    /** @throws InvalidSetting when the unit cannot be as it is asked for; nothing is left of it then */
    @Activate
    public UnitComponent(
            BundleContext context, Map<String, Object> properties, @Reference EngineComponent engineComponent) {
        Version version = context.getBundle().getVersion();
        unit = new ServedUnit(engineComponent.engine(), properties, version.getMajor() + "." + version.getMinor());
        backends = new UnitBackends(context, unit.choice());
        verdicts = engineComponent.engine().verdicts();
        pid = Verdicts.pid(properties);
        verdicts.taken(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            ServedUnit.Wanted wanted = unit.change(properties);
            backends.want(wanted.backendId(), wanted.copy());
            verdicts.taken(properties);
        } catch (InvalidSetting e) {
            verdicts.refused(properties, e.getMessage());
            LOG.warn("{} The unit goes on with what it had.", e.getMessage());
        }
    }

    @Deactivate
    void deactivate() {
        verdicts.forget(pid);
        unit.hide();
        backends.close();
        unit.close();
    }
}
