package org.lunaria.admin.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.utils.properties.InterpolationHelper.BundleContextSubstitutionCallback;
import org.lunaria.admin.Accounts;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Backends;
import org.lunaria.admin.Events;
import org.lunaria.admin.Health;
import org.lunaria.admin.Health.Trouble;
import org.lunaria.admin.History;
import org.lunaria.admin.Portals;
import org.lunaria.admin.Session;
import org.lunaria.admin.Sessions;
import org.lunaria.admin.SettingKey;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.lunaria.admin.TrafficMeter;
import org.lunaria.admin.Volume;
import org.lunaria.admin.Volumes;
import org.lunaria.iscsi.IscsiTransport;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the administration together. It is there even while the SCSI engine or the transport is not, for then it is needed
 * most. Thread-safe.
 */
@Component(immediate = true)
public final class ApplianceComponent implements Appliance {
    private static final Logger LOG = LoggerFactory.getLogger(ApplianceComponent.class);
    private static final String VOLUMES = "volumes";
    private static final String HISTORY = "history";
    /** How a backend ends the sentence on a configuration that it refused while it ran. */
    private static final String GOES_ON = " It goes on as it was.";

    /** Keys of a target that have commands of their own. */
    private static final Set<String> TARGET_KEYS_OF_COMMANDS = Set.of("iqn", TargetView.LUNS, TargetView.ACCESS);

    private final BundleContext context;
    private final VolumeAdministration volumes;
    private final Targets targets;
    private final Portals portals;
    private final Accounts accounts;
    private final AccountUse accountUse;
    private final Sessions sessions;
    private final Backends backends;
    private final HistoryAdministration history;
    private final Events events;
    private final KindCatalog kinds;
    private final EtcWatch etcWatch;
    private final VersionKeeper keeper;
    private final HealthCheck health;

    private final ManagedBeans beans =
            new ManagedBeans(ManagementFactory.getPlatformMBeanServer(), this::objects, System::nanoTime);

    private final Chores chores;
    private final BundleListener bundles = this::bundleChanged;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ScsiTargets engine;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile IscsiTransport transport;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NameServers nameServers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile HistoryLimit historyLimit;

    @Activate
    public ApplianceComponent(
            BundleContext context,
            @Reference ConfigurationAdmin configurationAdmin,
            @Reference ServiceComponentRuntime runtime,
            @Reference MetaTypeService metaTypes)
            throws IOException {
        this.context = context;
        EtcFolder etc = new EtcFolder(Path.of(property("karaf.etc")), charset());
        Configurations configurations = new Configurations(configurationAdmin, etc);
        Activation activation = new Activation(context);
        Components components = new Components(runtime, activation::wake);
        kinds = new KindCatalog(context, components, metaTypes);
        BackendView backendView = new BackendView(context, kinds);
        backends = backendView;
        DurableFolder kept = new DurableFolder(DataFolder.make(Path.of(property("karaf.data"), HISTORY)));
        IntentJournal journal = new IntentJournal(kept, etc);
        VersionStore versions = new VersionStore(kept, InstantSource.system());
        keeper = new VersionKeeper(etc, versions, this::versionsKept);
        List<String> finished = journal.finish(() -> keeper.keepWritten(Author.FINISHED));
        if (!finished.isEmpty()) {
            LOG.warn("A change was cut off, and is finished now: {}.", finished);
        }
        UnaryOperator<String> substitution = new BundleContextSubstitutionCallback(context)::getValue;
        DataFolder data = new DataFolder(Path.of(property("karaf.data"), VOLUMES), "${karaf.data}/" + VOLUMES);
        PassingFiles passing = new PassingFiles(kept, data);
        passing.finish(etc, substitution);
        Changes changes = new Changes(
                configurations,
                etc,
                journal,
                components,
                new Patience(System::nanoTime, Thread::sleep),
                substitution,
                () -> keeper.keepWritten(Author.current()));
        accountUse = new AccountUse(configurations);
        TargetView targetView = new TargetView(configurations, components, this::transport);
        VolumeView volumeView =
                new VolumeView(configurations, components, targetView, this::units, backendView::waitsFor);
        volumes = new VolumeAdministration(
                changes,
                configurations,
                new Stores(configurations, backends, data, passing),
                volumeView,
                new SecureRandom(),
                () -> Optional.ofNullable(engine),
                this::taken);
        targets = new TargetAdministration(
                changes,
                targetView,
                name -> volumeView.list().stream()
                        .anyMatch(volume -> volume.name().equals(name)),
                () -> kinds.keys(InstanceId.TARGET, TARGET_KEYS_OF_COMMANDS),
                accountUse);
        portals = new PortalAdministration(
                changes,
                configurations,
                components,
                this::transport,
                () -> kinds.keys(InstanceId.PORTAL, Set.of()),
                accountUse);
        accounts = new AccountAdministration(changes, configurations, components, this::transport, accountUse);
        sessions = new SessionAdministration(this::transport);
        etcWatch = new EtcWatch(
                changes,
                configurations,
                etc,
                versions,
                keeper,
                (id, values) -> after(components.taken(id, values), () -> taken(id, values)),
                System::nanoTime);
        events = new EventLog(Path.of(property("karaf.log")));
        history = new HistoryAdministration(new WholeConfiguration(changes, etc, data, this::taken), versions);
        health = new HealthCheck(
                volumes,
                targets,
                portals,
                sessions,
                pid -> !components.descriptions(pid).isEmpty(),
                components::state,
                etc,
                this::transport,
                () -> Optional.ofNullable(nameServers),
                this::absentService,
                this::configurationTroubles);
        etcWatch.look();
        Revival revival = new Revival(changes, components, configurations::handOverAgain, System::nanoTime);
        chores = new Chores(etcWatch, volumes, revival, beans);
        chores.start();
        context.addBundleListener(bundles);
    }

    /** The first thing that has not come about. */
    private static Progress after(Progress first, Supplier<Progress> then) {
        return first instanceof Progress.Done ? then.get() : first;
    }

    private int versionsKept() {
        return Optional.ofNullable(historyLimit).map(HistoryLimit::versions).orElse(HistoryLimit.VERSIONS);
    }

    private List<Trouble> configurationTroubles() {
        return Stream.of(etcWatch.troubles(), keeper.troubles(), accountUse.troubles())
                .flatMap(List::stream)
                .toList();
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(bundles);
        chores.close();
        beans.close();
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED) {
            chores.reviveAtOnce();
        }
    }

    @Override
    public Volumes volumes() {
        return volumes;
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Portals portals() {
        return portals;
    }

    @Override
    public Accounts accounts() {
        return accounts;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Backends backends() {
        return backends;
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public List<SettingKey> keys(String pid) {
        return kinds.keys(pid, Set.of());
    }

    @Override
    public Health health() {
        return health.check();
    }

    @Override
    public TrafficMeter meter() {
        return new TrafficMeasurement(this::unitTraffic, this::sessionTraffic, System::nanoTime);
    }

    private ManagedBeans.Objects objects() {
        return new ManagedBeans.Objects(
                byName(volumes.list(), Volume::name),
                byName(targets.list(), Target::name),
                byName(sessions.list(), Session::id),
                unitTraffic().stream()
                        .collect(Collectors.toMap(
                                UnitTraffic::name,
                                unit -> TrafficMeasurement.latency(
                                        TrafficMeasurement.ofReadsAndWrites(unit.operations())))),
                sessionTraffic().stream()
                        .collect(Collectors.toMap(
                                SessionTraffic::id, session -> TrafficMeasurement.latency(session.latency()))));
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }

    private List<UnitTraffic> unitTraffic() {
        return Optional.ofNullable(engine).map(ScsiTargets::traffic).orElse(List.of());
    }

    private List<SessionTraffic> sessionTraffic() {
        return transport().map(IscsiTransport::traffic).orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(session -> Long.parseLong(session.id())))
                .toList();
    }

    private Optional<IscsiTransport> transport() {
        return Optional.ofNullable(transport);
    }

    /** Whether those who serve a configuration have taken its values. */
    private Progress taken(InstanceId id, Map<String, Object> values) {
        return switch (id.factoryPid()) {
            case InstanceId.TARGET, InstanceId.PORTAL, InstanceId.ACCOUNT -> Verdict.of(transport(), id, values);
            case InstanceId.UNIT -> Verdict.ofEngine(Optional.ofNullable(engine), id, values);
            default -> id.isBackend() ? refusal(id) : Progress.DONE;
        };
    }

    /** What the store of a volume says of a configuration that it does not take while it runs. */
    private Progress refusal(InstanceId backend) {
        return units().stream()
                .filter(unit -> unit.backendId().equals(backend.name()))
                .map(UnitStatus::trouble)
                .filter(trouble -> trouble.endsWith(GOES_ON))
                .findFirst()
                .map(trouble -> trouble.substring(0, trouble.length() - GOES_ON.length()))
                .<Progress>map(Progress.Failed::new)
                .orElse(Progress.DONE);
    }

    private List<UnitStatus> units() {
        return Optional.ofNullable(engine).map(ScsiTargets::units).orElse(List.of());
    }

    private Optional<String> absentService() {
        if (engine == null) {
            return Optional.of(ScsiTargets.class.getName());
        }
        return transport == null ? Optional.of(IscsiTransport.class.getName()) : Optional.empty();
    }

    private String property(String key) {
        return Optional.ofNullable(context.getProperty(key))
                .orElseThrow(() -> new IllegalStateException("the framework property " + key + " is not set"));
    }

    private Charset charset() {
        return Optional.ofNullable(context.getProperty("felix.fileinstall.configEncoding"))
                .map(Charset::forName)
                .orElse(StandardCharsets.ISO_8859_1);
    }
}
