package org.lunaria.iscsi.internal.component;

import java.util.Map;
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
 * One configured portal. It is active also while it cannot listen: its status says why. A change that cannot be taken is
 * refused in the log, and what was there goes on.
 */
@Component(
        name = PortalSettings.FACTORY_PID,
        configurationPid = PortalSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = PortalConfig.class, factory = true)
public final class PortalComponent {
    private static final Logger LOG = LoggerFactory.getLogger(PortalComponent.class);

    private final ServedPortal portal;
    private final Verdicts verdicts;
    private final String pid;

    /** @throws InvalidSetting when the configuration cannot be taken */
    @Activate
    public PortalComponent(Map<String, Object> properties, @Reference TransportComponent transport) {
        portal = new ServedPortal(
                PortalSettings.read(properties), transport.portalBindings(), transport.sessionsToDrop());
        verdicts = transport.verdicts();
        pid = Verdicts.pid(properties);
        verdicts.taken(properties);
    }

    @Modified
    void modified(Map<String, Object> properties) {
        try {
            String obstacle = portal.change(PortalSettings.read(properties));
            verdicts.judge(properties, obstacle);
        } catch (InvalidSetting e) {
            verdicts.refused(properties, e.getMessage());
            LOG.warn("{} The portal goes on as it was.", e.getMessage());
        }
    }

    @Deactivate
    public void deactivate(int reason) {
        verdicts.forget(pid);
        portal.close(reason == ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);
    }
}
