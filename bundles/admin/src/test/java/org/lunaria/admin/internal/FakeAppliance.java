package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lunaria.admin.Health;
import org.lunaria.scsi.CopyStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.SizeChange;
import org.lunaria.scsi.UnitFailure;
import org.lunaria.scsi.UnitHold;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.UnitTraffic;

/** The real administration upon a folder of its own, with components, engine and transport that believe everything. */
final class FakeAppliance {
    final Path home;
    final FakeConfigurationAdmin configurationAdmin = new FakeConfigurationAdmin();
    final FakeRuntime runtime = new FakeRuntime(
            configurationAdmin,
            Set.of(
                    "org.lunaria.backend.file",
                    "org.lunaria.backend.memory",
                    "org.lunaria.backend.block",
                    InstanceId.UNIT,
                    InstanceId.TARGET,
                    InstanceId.PORTAL,
                    InstanceId.ACCOUNT));
    final EtcFolder etc;
    final Configurations configurations;
    final IntentJournal journal;
    final PassingFiles passing;
    private final UnaryOperator<String> substitution;
    final VersionStore versions;
    final VersionKeeper keeper;
    EtcWatch watch;
    final Changes changes;
    final HistoryAdministration history;
    final VolumeAdministration volumes;
    final TargetAdministration targets;
    final PortalAdministration portals;
    final AccountAdministration accounts;
    final SessionAdministration sessions;
    final HealthCheck health;
    final ConfiguredTransport transport;

    /** Units whose backend does not come, and portals that cannot listen. */
    final Set<String> lame = new TreeSet<>();

    final List<Health.NameServer> isns = new ArrayList<>();
    String isnsRefusal = "";

    /** Units whose reservations are forgotten, by NAA. */
    final List<String> forgotten = new ArrayList<>();

    /** Media of removable units, by name. */
    final Map<String, String> media = new HashMap<>();

    /** What units take, by name. */
    final Map<String, UnitSpace> spaces = new HashMap<>();

    final Map<String, Integer> stalled = new HashMap<>();
    final List<UnitTraffic> traffic = new ArrayList<>();

    /** What backends of volumes say is in their way. */
    final Map<String, String> troubles = new HashMap<>();

    /** What failed last, by unit. */
    final Map<String, UnitFailure> unitFailures = new HashMap<>();

    /** Why backends are not there yet, by name. */
    final Map<String, String> obstacles = new HashMap<>();

    /** How copies go, by unit; RUNNING where nothing is said. */
    final Map<String, String> copies = new HashMap<>();

    /** Units that stay with the backend that they have. */
    final Map<String, String> stuck = new HashMap<>();

    /** What units have, by name; a MiB where nothing is said. */
    final Map<String, Long> capacities = new HashMap<>();

    /** What becomes of a change of size. */
    SizeChange resized = SizeChange.DONE;

    /** Whether a change of size comes about that the engine leaves open. */
    boolean comesAbout = true;

    /** What those who serve a configuration make of it. */
    Function<InstanceId, Progress> judged = id -> Progress.DONE;

    /** Units whose medium an initiator keeps in. */
    final Set<String> prevented = new HashSet<>();

    private final ScsiTargets engine = new ScsiTargets() {
        @Override
        public ScsiTarget create(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forget(String naa) {
            forgotten.add(naa);
        }

        @Override
        public Optional<String> eject(String unit, boolean force) {
            if (!media.containsKey(unit) || prevented.contains(unit) && !force) {
                return Optional.of("the medium of " + unit + " stays.");
            }
            media.put(unit, "EJECTED");
            return Optional.empty();
        }

        @Override
        public Optional<String> load(String unit) {
            media.put(unit, "STARTED");
            return Optional.empty();
        }

        @Override
        public SizeChange resize(String unit, long capacityBytes, boolean shrink) {
            if (resized.outcome() != SizeChange.Outcome.REFUSED && comesAbout) {
                capacities.put(unit, capacityBytes);
            }
            return resized;
        }

        @Override
        public Optional<String> verdict(String pid, Map<String, ?> values) {
            return Optional.of("");
        }

        @Override
        public List<UnitStatus> units() {
            return FakeAppliance.this.units();
        }

        @Override
        public List<UnitTraffic> traffic() {
            return traffic;
        }
    };

    /** How many versions. */
    int keep = 50;

    private long nanoTime;
    private final Components components;
    private final TargetView targetView;

    FakeAppliance(Path home) throws IOException {
        this(home, () -> {});
    }

    /** @param step called before each step of what is written */
    FakeAppliance(Path home, Runnable step) throws IOException {
        this.home = home;
        etc = new EtcFolder(
                new DurableFolder(Files.createDirectories(home.resolve("etc")), step), StandardCharsets.UTF_8);
        configurations = new Configurations(configurationAdmin, etc);
        transport = new ConfiguredTransport(configurations, lame);
        components = new Components(runtime, pid -> true);
        Patience patience = new Patience(() -> nanoTime, millis -> nanoTime += millis * 1_000_000);
        DurableFolder kept = new DurableFolder(Files.createDirectories(home.resolve("history")), step);
        journal = new IntentJournal(kept, etc);
        versions = new VersionStore(kept, () -> Instant.EPOCH);
        keeper = new VersionKeeper(etc, versions, () -> keep);
        substitution = name -> name.equals("karaf.data") ? home.resolve("data").toString() : null;
        DataFolder data = new DataFolder(
                Files.createDirectories(home.resolve("data")).resolve("volumes"), "${karaf.data}/volumes");
        passing = new PassingFiles(kept, data);
        changes = new Changes(
                configurations,
                etc,
                journal,
                components,
                patience,
                substitution,
                () -> keeper.keepWritten(Author.current()));
        targetView = new TargetView(configurations, components, () -> Optional.of(transport));
        VolumeView volumeView = new VolumeView(
                configurations, components, targetView, this::units, id -> Optional.ofNullable(obstacles.get(id)));
        volumes = new VolumeAdministration(
                changes,
                configurations,
                new Stores(configurations, new FakeBackends(configurations), data, passing),
                volumeView,
                new SecureRandom(),
                () -> Optional.of(engine),
                (id, values) -> judged.apply(id));
        AccountUse accountUse = new AccountUse(configurations);
        targets = new TargetAdministration(
                changes,
                targetView,
                name -> volumeView.list().stream()
                        .anyMatch(volume -> volume.name().equals(name)),
                () -> FakeBackends.keys("auth", "accounts", "alias", "maxBurstLength"),
                accountUse);
        portals = new PortalAdministration(
                changes,
                configurations,
                components,
                () -> Optional.of(transport),
                () -> FakeBackends.keys("address", "tag", "discoveryAuth", "discoveryAccounts"),
                accountUse);
        accounts = new AccountAdministration(
                changes, configurations, components, () -> Optional.of(transport), accountUse);
        sessions = new SessionAdministration(() -> Optional.of(transport));
        history = new HistoryAdministration(
                new WholeConfiguration(
                        changes,
                        etc,
                        data,
                        (id, values) -> id.factoryPid().equals(InstanceId.TARGET)
                                ? targetView.taken(id, values)
                                : Progress.DONE),
                versions);
        health = new HealthCheck(
                volumes,
                targets,
                portals,
                sessions,
                pid -> pid.matches("org.lunaria.(isns|iscsi)")
                        || !components.descriptions(pid).isEmpty(),
                components::state,
                etc,
                () -> Optional.of(transport),
                () -> Optional.of(nameServers),
                Optional::empty,
                () -> Stream.of(watch.troubles(), keeper.troubles(), accountUse.troubles())
                        .flatMap(List::stream)
                        .toList());
        watch = newWatch();
    }

    /**
     * One whose components have what the files say.
     *
     * @param step called before each step of what is written
     */
    static FakeAppliance started(Path home, Runnable step) throws IOException {
        FakeAppliance appliance = new FakeAppliance(home, step);
        for (InstanceId id : appliance.etc.instances()) {
            appliance.configurations.put(
                    id, appliance.changes.text(appliance.file(id)).values());
        }
        return appliance;
    }

    /** Does what is left of a change that was cut off, as a start does. */
    void finishCutOff() throws IOException {
        journal.finish(() -> keeper.keepWritten(Author.FINISHED));
        passing.finish(etc, substitution);
    }

    /** What looks at the files as at a start. */
    EtcWatch newWatch() {
        return new EtcWatch(
                changes,
                configurations,
                etc,
                versions,
                keeper,
                (id, values) -> {
                    Progress progress = components.taken(id, values);
                    return progress instanceof Progress.Done && id.factoryPid().equals(InstanceId.TARGET)
                            ? targetView.taken(id, values)
                            : progress;
                },
                () -> nanoTime);
    }

    /** The configurations that a start deletes. */
    List<InstanceId> deletedAtStart() {
        List<InstanceId> before = configurations.withFile();
        newWatch().look();
        List<InstanceId> after = configurations.withFile();
        return before.stream().filter(id -> !after.contains(id)).toList();
    }

    /** The names of the files in etc/. */
    Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("etc"))) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    String file(InstanceId id) throws IOException {
        return etc.read(id).orElseThrow();
    }

    Object configured(InstanceId id, String key) {
        return configurations.values(id).orElseThrow().get(key);
    }

    private final NameServers nameServers = new NameServers() {
        @Override
        public List<Health.NameServer> list() {
            return isns;
        }

        @Override
        public String refusal() {
            return isnsRefusal;
        }
    };

    private List<UnitStatus> units() {
        return configurations.list(InstanceId.UNIT).entrySet().stream()
                .map(entry -> unit(entry.getKey().name(), new Values(entry.getValue())))
                .toList();
    }

    private UnitStatus unit(String name, Values values) {
        boolean attached = !lame.contains(name);
        return new UnitStatus(
                name,
                values.text("backend.id"),
                attached ? stuck.getOrDefault(name, values.text("backend.id")) : "",
                attached ? "ATTACHED" : "DETACHED",
                attached ? "" : "the backend is of another size.",
                capacities.getOrDefault(name, 1L << 20),
                (int) values.number("blockBytes", 0),
                values.text("serial"),
                values.text("naa"),
                values.flag("readOnly"),
                0,
                0,
                stalled.getOrDefault(name, 0),
                stalled.containsKey(name) ? 42_000 : 0,
                0,
                0,
                0,
                List.of(new UnitHold(Instant.EPOCH, 7)),
                Optional.of(Instant.EPOCH).filter(since -> attached),
                Optional.ofNullable(unitFailures.get(name)),
                0,
                0,
                0,
                0,
                0,
                media.getOrDefault(name, ""),
                "",
                spaces.getOrDefault(name, UnitSpace.UNKNOWN),
                "",
                troubles.getOrDefault(name, ""),
                Optional.of(values.text("copyTo"))
                        .filter(to -> !to.isEmpty())
                        .map(to -> new CopyStatus(
                                to,
                                copies.getOrDefault(name, "RUNNING"),
                                512,
                                1 << 20,
                                7,
                                copies.containsKey(name) ? "so it is" : "")));
    }
}
