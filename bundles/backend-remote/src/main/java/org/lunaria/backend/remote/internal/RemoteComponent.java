package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.util.Map;
import org.lunaria.backend.BlockBackend;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** One configured remote volume, from the activation of its configuration to its end. */
@Component(
        name = RemoteSettings.FACTORY_PID,
        configurationPid = RemoteSettings.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = RemoteConfig.class, factory = true)
public final class RemoteComponent {

    private final BundleContext context;
    private volatile RemoteVolume volume;

    /** @throws InvalidSetting when the volume cannot be as it is asked for; nothing is left of it then */
    @Activate
    public RemoteComponent(BundleContext context, Map<String, Object> properties) throws IOException {
        Settings source = RemoteSettings.source(properties);
        RemoteSettings settings = RemoteSettings.of(source);
        RemoteServer server = server(source, settings);
        this.context = context;
        HeapBudget.QUARTER.reserve(source, settings.unflushedBytes());
        try {
            volume = new RemoteVolume(context, source, settings, server);
        } catch (IOException | RuntimeException e) {
            HeapBudget.QUARTER.release(settings.unflushedBytes());
            throw e;
        }
    }

    /**
     * What does not say which bytes these are is taken at once: the volume ends in order and begins anew, while its unit holds
     * what comes. All else is refused, told by {@link BlockBackend#trouble}, and the volume goes on as it is.
     */
    @Modified
    void modified(Map<String, Object> properties) {
        String refusal = "";
        try {
            take(RemoteSettings.source(properties));
        } catch (InvalidSetting e) {
            refusal = e.getMessage() + " It goes on as it was.";
        } catch (IOException e) {
            refusal = "It goes on as it was: " + e.getMessage() + ".";
        }
        volume.refuses(refusal);
    }

    private void take(Settings source) throws IOException {
        RemoteSettings wanted = RemoteSettings.of(source);
        RemoteSettings has = volume.settings();
        if (wanted.equals(has)) {
            return;
        }
        if (!wanted.isOfSameExport(has)) {
            throw source.invalid(
                    wanted.id().equals(has.id()) ? "uri" : "backend.id",
                    "a volume that runs keeps its export; set back what was there, or see volume:swap and"
                            + " volume:migrate for another one");
        }
        RemoteServer server = server(source, wanted);
        HeapBudget.QUARTER.reserve(source, wanted.unflushedBytes() - has.unflushedBytes());
        volume.close();
        volume = new RemoteVolume(context, source, wanted, server);
    }

    @Deactivate
    void deactivate() {
        volume.close();
        HeapBudget.QUARTER.release(volume.settings().unflushedBytes());
    }

    static RemoteServer server(Settings source, RemoteSettings settings) {
        NbdUri uri = settings.uri();
        return new RemoteServer(
                uri.host(),
                uri.port(),
                uri.socket(),
                uri.exportName(),
                uri.tls() ? TlsFiles.engines(settings.tls(), uri.port()) : null,
                source.text("uri"));
    }
}
