package org.lunaria.admin.internal;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Consumption;
import org.lunaria.admin.Health;
import org.lunaria.admin.Health.NameServer;
import org.lunaria.admin.Health.Trouble;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Mask;
import org.lunaria.admin.Portal;
import org.lunaria.admin.Portals;
import org.lunaria.admin.Sessions;
import org.lunaria.admin.Target;
import org.lunaria.admin.Targets;
import org.lunaria.admin.Volume;
import org.lunaria.admin.Volumes;
import org.lunaria.iscsi.IscsiTransport;

/** Looks for everything that is not as it was configured. Thread-safe. */
final class HealthCheck {
    /** The name of their pool; the others are of mapped files. */
    private static final String DIRECT_BUFFERS = "direct";

    /** Those whose volumes, targets and portals say what is wrong with them. */
    private static final Set<String> SHOWN = Set.of(InstanceId.UNIT, InstanceId.TARGET, InstanceId.PORTAL);

    private final Volumes volumes;
    private final Targets targets;
    private final Portals portals;
    private final Sessions sessions;
    private final Predicate<String> isTaken;
    private final Function<InstanceId, Progress> state;
    private final EtcFolder etc;
    private final Supplier<Optional<IscsiTransport>> transport;
    private final Supplier<Optional<NameServers>> nameServers;
    private final Supplier<Optional<String>> absentService;
    private final Supplier<List<Trouble>> configurationTroubles;

    /**
     * @param isTaken whether a component takes configurations of a PID
     * @param state how the component of a configuration is
     * @param absentService names a service that the appliance needs and that is not there
     * @param configurationTroubles what is wrong with the files and their history
     */
    HealthCheck(
            Volumes volumes,
            Targets targets,
            Portals portals,
            Sessions sessions,
            Predicate<String> isTaken,
            Function<InstanceId, Progress> state,
            EtcFolder etc,
            Supplier<Optional<IscsiTransport>> transport,
            Supplier<Optional<NameServers>> nameServers,
            Supplier<Optional<String>> absentService,
            Supplier<List<Trouble>> configurationTroubles) {
        this.volumes = volumes;
        this.targets = targets;
        this.portals = portals;
        this.sessions = sessions;
        this.isTaken = isTaken;
        this.state = state;
        this.etc = etc;
        this.transport = transport;
        this.nameServers = nameServers;
        this.absentService = absentService;
        this.configurationTroubles = configurationTroubles;
    }

    Health check() {
        List<Volume> allVolumes = volumes.list();
        List<Target> allTargets = targets.list();
        List<Portal> allPortals = portals.list();
        List<Trouble> troubles = new ArrayList<>();
        absentService
                .get()
                .ifPresent(service -> troubles.add(
                        new Trouble("service", service, "It is not there; see whether its bundle is started.")));
        for (Volume volume : allVolumes) {
            boolean troubled = !volume.detail().isEmpty() && volume.medium() != Volume.Medium.EJECTED;
            if (volume.state() != Volume.State.READY || troubled) {
                troubles.add(new Trouble("volume", volume.name(), volume.detail()));
            }
            Volume.Activity activity = volume.activity();
            if (activity.stalled() > 0) {
                troubles.add(new Trouble(
                        "volume",
                        volume.name(),
                        activity.stalled() + (activity.stalled() == 1 ? " command waits" : " commands wait")
                                + " for the backend since " + activity.stalledSeconds()
                                + " s: see whether its store is well."));
            }
            if (volume.space().low()) {
                troubles.add(new Trouble(
                        "volume", volume.name(), lowSpace(volume.space().availableBytes())));
            }
            volume.copy()
                    .filter(copy -> !copy.detail().isEmpty())
                    .ifPresent(copy -> troubles.add(new Trouble(
                            "volume",
                            volume.name(),
                            "Its move to another store does not go on: " + copy.detail() + ".")));
        }
        for (Target target : allTargets) {
            checkTarget(target, allVolumes, troubles);
        }
        for (Portal portal : allPortals) {
            if (!portal.listening()) {
                troubles.add(new Trouble("portal", portal.name(), portal.detail()));
            }
        }
        if (allPortals.isEmpty()) {
            troubles.add(new Trouble("portal", "", "There is none, so no initiator can connect; see portal:create."));
        }
        transport
                .get()
                .map(IscsiTransport::refusals)
                .orElse(List.of())
                .forEach(refusal -> troubles.add(new Trouble("configuration", "", refusal)));
        List<NameServer> allNameServers =
                nameServers.get().map(NameServers::list).orElse(List.of());
        checkNameServers(allNameServers, troubles);
        troubles.addAll(configurationTroubles.get());
        checkFiles(troubles);
        return new Health(
                troubles.isEmpty(),
                troubles,
                allVolumes.size(),
                allTargets.size(),
                allPortals.size(),
                sessions.list().size(),
                consumption(),
                transport.get().map(IscsiTransport::limits).orElse(List.of()).stream()
                        .map(limit -> new Health.Limit(limit.name(), limit.used(), limit.limit()))
                        .toList(),
                allNameServers);
    }

    private static String lowSpace(long availableBytes) {
        return availableBytes == 0
                ? "Nothing is left where its bytes are: initiators cannot write what takes more; make room."
                : "Only " + new ByteSize(availableBytes)
                        + " are left where its bytes are: make room, before initiators cannot write.";
    }

    private void checkNameServers(List<NameServer> servers, List<Trouble> troubles) {
        for (NameServer server : servers) {
            if (server.state() == NameServer.State.FAILED) {
                troubles.add(new Trouble("iSNS server", server.server(), server.detail()));
            }
        }
        nameServers
                .get()
                .map(NameServers::refusal)
                .filter(refusal -> !refusal.isEmpty())
                .ifPresent(refusal -> troubles.add(new Trouble("configuration", "", refusal)));
    }

    private static Consumption consumption() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals(DIRECT_BUFFERS))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return new Consumption(
                heap.getUsed(),
                heap.getMax(),
                direct,
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static void checkTarget(Target target, List<Volume> volumes, List<Trouble> troubles) {
        if (!target.serving()) {
            troubles.add(new Trouble("target", target.name(), target.detail()));
        }
        Set<String> names = volumes.stream().map(Volume::name).collect(Collectors.toSet());
        for (Mapping mapping : target.mappings()) {
            if (!names.contains(mapping.volume())) {
                troubles.add(new Trouble(
                        "target",
                        target.name(),
                        "Its lun " + mapping.lun() + " is volume " + mapping.volume() + ", which does not exist."));
            }
        }
        for (Mask mask : target.masks()) {
            for (int lun : target.unmapped(mask)) {
                troubles.add(new Trouble(
                        "target",
                        target.name(),
                        "Its mask of " + mask.initiator() + " shows lun " + lun + ", which presents no volume."));
            }
        }
    }

    /** Files of ours that nobody reads, or that were refused where no list shows it. */
    private void checkFiles(List<Trouble> troubles) {
        for (String file : etc.fileNames()) {
            Optional<InstanceId> id = InstanceId.ofFileName(file);
            if (id.isEmpty() || !isTaken.test(id.get().factoryPid())) {
                troubles.add(new Trouble(
                        "configuration",
                        file,
                        "Nobody reads it: its name must be PID-NAME.cfg, of a PID that a bundle takes."));
            } else if (!SHOWN.contains(id.get().factoryPid())
                    && !id.get().isBackend()
                    && state.apply(id.get()) instanceof Progress.Failed failed) {
                troubles.add(new Trouble("configuration", file, failed.reason()));
            }
        }
    }
}
