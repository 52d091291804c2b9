package org.lunaria.iscsi.internal.component;

import java.util.Map;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Verdicts;
import org.osgi.service.component.ComponentConstants;
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
 * One configured target. A change of its configuration is taken while sessions go on; one that cannot be taken is refused
 * in the log, and what was there goes on.
 *
 * <p>When the SCSI engine is exchanged the target goes with it and comes back with the new one; meanwhile its initiators,
 * whose sessions end, are told that it is unavailable, and come back too.
 */
@Component(
        name = TargetSettings.FACTORY_PID,
        configurationPid = TargetSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = TargetConfig.class, factory = true)
public final class TargetComponent {
    private static final Logger LOG = LoggerFactory.getLogger(TargetComponent.class);

    private final ServedTarget target;
    private final Verdicts verdicts;
    private final String pid;

    /** @throws InvalidSetting when the configuration cannot be taken; nothing is left of it then */
    @Activate
    public TargetComponent(
            Map<String, Object> properties, @Reference TransportComponent transport, @Reference ScsiTargets engine) {
        target = new ServedTarget(
                new TargetSettings(properties),
                transport.targetDirectory(),
                transport.sessionsToDrop(),
                engine,
                transport.portalBindings()::configured);
        verdicts = transport.verdicts();
        pid = Verdicts.pid(properties);
        verdicts.taken(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            target.change(new TargetSettings(properties));
            verdicts.taken(properties);
        } catch (InvalidSetting e) {
            verdicts.refused(properties, e.getMessage());
            LOG.warn("{} The target goes on as it was.", e.getMessage());
        }
    }

    @Deactivate
    public void deactivate(int reason) {
        verdicts.forget(pid);
        target.close(
                reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED
                        ? Absence.REMOVED
                        : Absence.UNAVAILABLE);
    }
}
