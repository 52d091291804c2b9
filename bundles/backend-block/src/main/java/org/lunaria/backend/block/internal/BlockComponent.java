package org.lunaria.backend.block.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.backend.BlockBackend;
import org.lunaria.settings.InvalidSetting;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured volume on a block device, from the activation of its configuration to its end. */
@Component(
        name = BlockSettings.FACTORY_PID,
        configurationPid = BlockSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = BlockConfig.class, factory = true)
public final class BlockComponent {

    private static final Logger LOG = LoggerFactory.getLogger(BlockComponent.class);

    private final BundleContext context;

    /** Empty when one could not be opened any more after a change of its configuration. */
    private Optional<BlockVolume> volume;

    private BlockSettings settings;

    /** @throws InvalidSetting when the volume cannot be opened as it is asked for; nothing is left of it then */
    @Activate
    public BlockComponent(BundleContext context, Map<String, Object> properties) {
        this.context = context;
        settings = BlockSettings.of(properties);
        volume = Optional.of(new BlockVolume(context, settings));
    }

    /**
     * What does not say which device it is is taken at once: the volume ends in order and begins anew, while its unit holds
     * what comes. All else is refused, told by {@link BlockBackend#trouble}, and the volume goes on as it is.
     */
    @Modified
    void modified(Map<String, Object> properties) {
        String refusal = "";
        try {
            take(BlockSettings.of(properties));
        } catch (InvalidSetting e) {
            refusal = e.getMessage() + " It goes on as it was.";
            LOG.warn("{}", refusal);
        }
        String trouble = refusal;
        volume.ifPresent(running -> running.refuses(trouble));
    }

    private void take(BlockSettings wanted) {
        List<String> changed = settings.differences(wanted);
        if (changed.isEmpty() && volume.isPresent()) {
            return;
        }
        if (!wanted.isOfSameDevice(settings)) {
            throw wanted.invalid("a volume that runs keeps its device; set back what was there, or see volume:swap and"
                    + " volume:migrate for another one");
        }
        close();
        try {
            volume = Optional.of(new BlockVolume(context, wanted));
            settings = wanted;
        } catch (InvalidSetting e) {
            volume = Optional.of(new BlockVolume(context, settings));
            throw e;
        }
    }

    @Deactivate
    void deactivate() {
        close();
    }

    private void close() {
        volume.ifPresent(BlockVolume::close);
        volume = Optional.empty();
    }
}
