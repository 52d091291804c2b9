package org.lunaria.isns.internal.component;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.isns.IsnsClient;
import org.lunaria.isns.ServerStatus;
import org.lunaria.isns.internal.registration.InventorySource;
import org.lunaria.settings.InvalidSetting;
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
 * Registers the transport's targets and portals at every server of the configuration, for as long as both are there. It is
 * active also with a configuration that cannot be taken, to say so: then it does what it did before, at first nothing.
 * Thread-safe.
 */
@Component(
        name = IsnsSettings.PID,
        configurationPid = IsnsSettings.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        immediate = true,
        service = IsnsClient.class)
@Designate(ocd = IsnsConfig.class)
public final class IsnsComponent implements IsnsClient {
    private static final Logger LOG = LoggerFactory.getLogger(IsnsComponent.class);

    /** How long a stop waits for servers to be told. They forget what they are not told, in time. */
    private static final long END_SECONDS = 5;

    private final InventorySource source;
    private IsnsSettings settings;
    private List<ServedRegistration> registrations = List.of();
    private String refusal = "";

    /** Done when all that ended has been taken back: what comes next must not be taken back with it. */
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    @Activate
    public IsnsComponent(Map<String, Object> properties, @Reference IscsiTransport transport) {
        source = new InventorySource(transport, IsnsComponent::addresses);
        modified(properties);
    }

    @Modified
    synchronized void modified(Map<String, Object> properties) {
        try {
            IsnsSettings next = IsnsSettings.read(properties, IsnsSettings::hostName);
            refusal = "";
            if (!next.equals(settings)) {
                settings = next;
                replaceAll();
            }
        } catch (InvalidSetting e) {
            refusal = e.getMessage();
            LOG.warn("{} The registration goes on as it was.", refusal);
        }
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        CompletableFuture<Void> last;
        synchronized (this) {
            endAll();
            last = ended;
        }
        try {
            last.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The iSNS servers were not all told that this appliance stops; they forget it in time.");
        }
    }

    @Override
    public synchronized List<ServerStatus> servers() {
        return registrations.stream().map(ServedRegistration::status).toList();
    }

    @Override
    public synchronized String refusal() {
        return refusal;
    }

    private void replaceAll() {
        endAll();
        List<ServedRegistration> next = settings.servers().stream()
                .map(server -> new ServedRegistration(server, settings, source))
                .toList();
        registrations = next;
        ended.whenComplete((done, failure) -> next.forEach(ServedRegistration::start));
    }

    private void endAll() {
        CompletableFuture<?>[] ending =
                registrations.stream().map(ServedRegistration::end).toArray(CompletableFuture[]::new);
        registrations = List.of();
        ended = CompletableFuture.allOf(ended, CompletableFuture.allOf(ending));
    }

    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(IsnsComponent::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            LOG.debug("the addresses of this machine cannot be read", e);
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface networkInterface) {
        try {
            return networkInterface.isUp();
        } catch (SocketException e) {
            // It went away meanwhile.
            return false;
        }
    }
}
