package org.lunaria.backend.file.internal;

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

/** One configured file volume, from the activation of its configuration to its end. */
@Component(
        name = FileSettings.FACTORY_PID,
        configurationPid = FileSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = FileConfig.class, factory = true)
public final class FileComponent {

    private static final Logger LOG = LoggerFactory.getLogger(FileComponent.class);

    private final BundleContext context;

    /** Empty when one could not be opened any more after a change of its configuration. */
    private Optional<FileVolume> volume;

    private FileSettings settings;

    /** @throws InvalidSetting when the volume cannot be opened as it is asked for; nothing is left of it then */
    @Activate
    public FileComponent(BundleContext context, Map<String, Object> properties) {
        this.context = context;
        settings = FileSettings.of(properties);
        volume = Optional.of(new FileVolume(context, settings));
    }

    /**
     * What does not say which file it is is taken at once: the volume ends in order and begins anew, while its unit holds
     * what comes. All else is refused, told by {@link BlockBackend#trouble}, and the volume goes on as it is.
     */
    @Modified
    void modified(Map<String, Object> properties) {
        String refusal = "";
        try {
            take(FileSettings.of(properties));
        } catch (InvalidSetting e) {
            refusal = e.getMessage() + " It goes on as it was.";
            LOG.warn("{}", refusal);
        }
        String trouble = refusal;
        volume.ifPresent(running -> running.refuses(trouble));
    }

    private void take(FileSettings wanted) {
        if (!wanted.isOfSameFile(settings)) {
            throw wanted.invalid(
                    "path",
                    "a volume that runs keeps its file; set back what was there, or see volume:swap and volume:migrate"
                            + " for another one");
        }
        if (volume.isPresent()) {
            grow(volume.get(), wanted);
            if (wanted.isServedAlike(settings)) {
                settings = wanted;
                return;
            }
        }
        close();
        try {
            volume = Optional.of(new FileVolume(context, wanted));
            settings = wanted;
        } catch (InvalidSetting e) {
            volume = Optional.of(new FileVolume(context, settings));
            throw e;
        }
    }

    /**
     * A larger size is given to the file while it serves. A smaller one changes nothing, since the file's size is what counts; a
     * configuration that is behind it is told so when the file is opened.
     */
    private static void grow(FileVolume running, FileSettings wanted) {
        if (wanted.sizeBytes() <= running.capacityBytes()) {
            return;
        }
        if (wanted.sizeBytes() % running.blockBytes() != 0) {
            throw wanted.invalid("sizeBytes", "give a multiple of " + running.blockBytes());
        }
        running.grow(wanted);
    }

    @Deactivate
    void deactivate() {
        close();
    }

    private void close() {
        volume.ifPresent(FileVolume::close);
        volume = Optional.empty();
    }
}
