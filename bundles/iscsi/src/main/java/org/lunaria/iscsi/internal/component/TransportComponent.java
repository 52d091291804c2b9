package org.lunaria.iscsi.internal.component;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.LimitStatus;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.iscsi.TargetStatus;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.mina.Listener;
import org.lunaria.iscsi.internal.mina.Portals;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.Session;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Verdicts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the portals and targets of this node stand on: the directory of targets, the registry of sessions, the I/O threads.
 * It is there without a configuration. Thread-safe.
 */
@Component(
        name = TransportSettings.PID,
        configurationPid = TransportSettings.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL,
        immediate = true,
        service = {IscsiTransport.class, TransportComponent.class})
@Designate(ocd = TransportConfig.class)
public final class TransportComponent implements IscsiTransport {
    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    /** How long after its start a target that is not there counts as one that is still to come. */
    private static final Duration START_GRACE = Duration.ofSeconds(30);
    /** How often a portal that cannot listen tries again. */
    private static final Duration RETRY = Duration.ofSeconds(3);

    private final TransportSettings settings;
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, START_GRACE);
    private final Verdicts verdicts = new Verdicts();
    private final AccountDirectory accounts = new AccountDirectory();
    private final SessionRegistry sessions;
    private final Portals network;
    private final ScheduledExecutorService timer;
    private final PortalBindings portals;

    /** @throws InvalidSetting when the configuration cannot be taken */
    @Activate
    public TransportComponent(Map<String, Object> properties) {
        settings = read(properties);
        sessions = new SessionRegistry(settings.sessions());
        network = new Portals(
                new Portals.Bounds(
                        settings.ioThreads(),
                        settings.bufferBytes(),
                        settings.connectionsMax(),
                        settings.rules(),
                        settings.spinMicros()),
                targets,
                accounts,
                sessions,
                this::listening);
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "iscsi-portals");
            thread.setDaemon(true);
            return thread;
        });
        portals = new PortalBindings(this::bind, this::recurring);
        LOG.info("iSCSI transport started: {}", settings);
    }

    /** The I/O threads and the memory are those of the start. */
    @Modified
    void modified(Map<String, Object> properties) {
        try {
            boolean same = read(properties).equals(settings);
            String later = TransportSettings.PID + ": the change is taken when the transport starts the next time.";
            verdicts.judge(TransportSettings.PID, properties, same ? "" : later);
            if (!same) {
                LOG.warn(later);
            }
        } catch (InvalidSetting e) {
            verdicts.judge(TransportSettings.PID, properties, e.getMessage());
            LOG.warn("{} The transport goes on as it was.", e.getMessage());
        }
    }

    @Deactivate
    public void deactivate() {
        timer.shutdownNow();
        network.close();
        LOG.info("iSCSI transport stopped");
    }

    TargetDirectory targetDirectory() {
        return targets;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    AccountDirectory accountDirectory() {
        return accounts;
    }

    PortalBindings portalBindings() {
        return portals;
    }

    ServedTarget.Sessions sessionsToDrop() {
        return new ServedTarget.Sessions() {
            @Override
            public void dropWhere(Predicate<LoginOutcome> which, String why) {
                sessions.dropWhere(session -> session.logins().anyMatch(which), why);
            }

            @Override
            public void revokeWhere(Predicate<LoginOutcome> which, String why) {
                sessions.revokeWhere(session -> session.logins().anyMatch(which), why);
            }
        };
    }

    @Override
    public List<PortalStatus> portals() {
        return portals.statuses();
    }

    @Override
    public List<TargetStatus> targets() {
        List<String> names = portals.statuses().stream().map(PortalStatus::name).toList();
        List<Session> loggedIn = sessions.sessions();
        return targets.all().stream()
                .map(target -> status(target, names, loggedIn))
                .toList();
    }

    @Override
    public List<SessionStatus> sessions() {
        return sessions.sessions().stream().map(Session::status).toList();
    }

    @Override
    public List<SessionTraffic> traffic() {
        return sessions.sessions().stream().map(Session::traffic).toList();
    }

    @Override
    public boolean drop(String id) {
        return sessions.drop(id);
    }

    @Override
    public Duration ioThreadSilence() {
        return network.silence();
    }

    @Override
    public Optional<String> verdict(String pid, Map<String, ?> values) {
        return verdicts.of(pid, values);
    }

    @Override
    public List<String> refusals() {
        return verdicts.refusals();
    }

    @Override
    public List<LimitStatus> limits() {
        List<LimitStatus> limits = new ArrayList<>(sessions.limits());
        for (PortalStatus portal : portals.statuses()) {
            limits.add(new LimitStatus(
                    "connections of portal " + portal.name(), portal.connections(), settings.connectionsMax()));
        }
        BufferPool.Usage memory = network.memory();
        limits.add(new LimitStatus("bytes of buffers", memory.used(), memory.budget()));
        limits.add(new LimitStatus(
                "commands of a session",
                sessions.sessions().stream()
                        .mapToLong(session -> session.status().tasks())
                        .max()
                        .orElse(0),
                settings.rules().commandsMax()));
        return limits;
    }

    private static TargetStatus status(TargetNode target, List<String> portals, List<Session> loggedIn) {
        return new TargetStatus(
                target.name(),
                target.iqn(),
                target.alias(),
                target.authentication().isRequired(),
                portals.stream().filter(target::reachedBy).toList(),
                (int) loggedIn.stream()
                        .filter(session ->
                                session.target().filter(target::equals).isPresent())
                        .count());
    }

    private List<Portal> listening() {
        return portals.listening();
    }

    private BoundPortal bind(Portal portal) throws IOException {
        Listener listener = network.listen(portal);
        return new BoundPortal() {
            @Override
            public int port() {
                return listener.address().getPort();
            }

            @Override
            public int connections() {
                return listener.connections();
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    private Runnable recurring(Runnable work) {
        Future<?> recurring =
                timer.scheduleWithFixedDelay(work, RETRY.toMillis(), RETRY.toMillis(), TimeUnit.MILLISECONDS);
        return () -> recurring.cancel(false);
    }

    private static TransportSettings read(Map<String, Object> properties) {
        return TransportSettings.read(properties, Runtime.getRuntime().availableProcessors(), DirectMemory.bytesMax());
    }
}
