package org.lunaria.admin.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Volume;
import org.lunaria.scsi.CopyStatus;
import org.lunaria.scsi.UnitFailure;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.UnitStatus;

/** The volumes as they are: what is configured, and what the SCSI engine tells of it. Thread-safe. */
final class VolumeView {
    private static final String ATTACHED = "ATTACHED";

    private final Configurations configurations;
    private final Components components;
    private final TargetView targets;
    private final Supplier<List<UnitStatus>> engine;
    private final Function<String, Optional<String>> waitsFor;

    /**
     * @param engine gives the logical units that there are now
     * @param waitsFor tells why a backend is not there, if that is known
     */
    VolumeView(
            Configurations configurations,
            Components components,
            TargetView targets,
            Supplier<List<UnitStatus>> engine,
            Function<String, Optional<String>> waitsFor) {
        this.configurations = configurations;
        this.components = components;
        this.targets = targets;
        this.engine = engine;
        this.waitsFor = waitsFor;
    }

    List<Volume> list() {
        Map<InstanceId, Map<String, Object>> all = configurations.list(InstanceId.NAMESPACE + "*");
        Map<String, UnitStatus> units = new HashMap<>();
        engine.get().forEach(unit -> units.put(unit.name(), unit));
        List<Mapping> mappings = targets.mappings();
        Set<String> names = new TreeSet<>();
        Set<String> ofVolumes = new TreeSet<>();
        all.forEach((id, values) -> {
            if (id.factoryPid().equals(InstanceId.UNIT)) {
                names.add(id.name());
                ofVolumes.addAll(backendNames(id.name(), new Values(values)));
            }
        });
        all.keySet().stream()
                .filter(id -> id.isBackend() && !ofVolumes.contains(id.name()))
                .forEach(id -> names.add(id.name()));
        return names.stream()
                .map(name -> volume(name, all, Optional.ofNullable(units.get(name)), mappings))
                .toList();
    }

    Volume get(String name) {
        return list().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException(
                        "volume '" + name + "' does not exist; volume:list shows those that do."));
    }

    /** The configurations of backends of that name: one, unless a hand made more. */
    List<InstanceId> backends(String name) {
        return configurations.list(InstanceId.BACKEND_NAMESPACE + "*").keySet().stream()
                .filter(id -> id.name().equals(name))
                .toList();
    }

    /** Those of a volume: the one it has, one it moves to, and what bears its name. */
    List<InstanceId> backendsOf(String volume) {
        Values unit =
                configurations.values(InstanceId.unit(volume)).map(Values::new).orElse(Values.NONE);
        return backendNames(volume, unit).stream()
                .map(this::backends)
                .flatMap(List::stream)
                .toList();
    }

    /** The one it has. */
    Optional<InstanceId> backendOf(String volume) {
        return configurations
                .values(InstanceId.unit(volume))
                .map(unit -> backends(new Values(unit).text(StorePlan.ID)))
                .flatMap(found -> found.stream().findFirst());
    }

    /** Whether a backend or a unit bears the name. */
    boolean isTaken(String name) {
        return !backends(name).isEmpty()
                || configurations.values(InstanceId.unit(name)).isPresent();
    }

    /** Whether a volume has its bytes in just this backend. */
    Progress servedBy(String volume, String backend) {
        return unit(volume)
                .filter(unit -> unit.servingId().equals(backend) && unit.slot().equals(ATTACHED))
                .<Progress>map(unit -> Progress.DONE)
                .orElseGet(() -> new Progress.Pending(waitsFor.apply(backend)
                        .or(() -> unit(volume).map(UnitStatus::detail).filter(detail -> !detail.isEmpty()))
                        .orElse("backend " + backend + " has not taken over; see the log.")));
    }

    /** Whether a volume is being copied to a backend, or has been. */
    Progress copies(String volume, String backend) {
        Optional<CopyStatus> copy =
                unit(volume).flatMap(UnitStatus::copy).filter(now -> now.to().equals(backend));
        if (copy.isEmpty()) {
            return new Progress.Pending("the SCSI engine has not begun; see the log.");
        }
        return switch (Volume.Copy.State.valueOf(copy.get().state())) {
            case RUNNING, IN_SYNC -> Progress.DONE;
            case FAILED -> new Progress.Failed(copy.get().detail() + ".");
            case WAITING ->
                new Progress.Pending(waitsFor.apply(backend).orElse(copy.get().detail() + "."));
        };
    }

    /** Whether a volume is not being copied. */
    Progress alone(String volume) {
        return unit(volume).flatMap(UnitStatus::copy).isEmpty()
                ? Progress.DONE
                : new Progress.Pending("the copy does not end; see the log.");
    }

    private Optional<UnitStatus> unit(String volume) {
        return engine.get().stream()
                .filter(status -> status.name().equals(volume))
                .findFirst();
    }

    private static Set<String> backendNames(String volume, Values unit) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(unit.text(StorePlan.ID), unit.text("copyTo"), volume)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** Whether a volume's logical unit has its backend. */
    Progress serves(String name) {
        Optional<UnitStatus> unit = unit(name);
        if (unit.isEmpty()) {
            return new Progress.Pending("the SCSI engine does not know volume " + name + "; see appliance:status.");
        }
        if (unit.get().slot().equals(ATTACHED)) {
            return Progress.DONE;
        }
        return new Progress.Pending(backendOf(name)
                .flatMap(backend -> waitsFor.apply(backend.name()))
                .or(() -> unit.map(UnitStatus::detail).filter(detail -> !detail.isEmpty()))
                .orElse("volume " + name + " has no backend; see appliance:status."));
    }

    private Volume volume(
            String name,
            Map<InstanceId, Map<String, Object>> all,
            Optional<UnitStatus> status,
            List<Mapping> mappings) {
        Values unit = Optional.ofNullable(all.get(InstanceId.unit(name)))
                .map(Values::new)
                .orElse(Values.NONE);
        String backendName = unit.text(StorePlan.ID).isEmpty() ? name : unit.text(StorePlan.ID);
        List<InstanceId> backends = all.keySet().stream()
                .filter(id -> id.isBackend() && id.name().equals(backendName))
                .toList();
        Values backend = backends.isEmpty() ? Values.NONE : new Values(all.get(backends.get(0)));
        boolean whole = backends.size() == 1 && all.containsKey(InstanceId.unit(name));
        Progress progress = whole ? progress(name, backends.get(0)) : new Progress.Failed(lacking(name, backends));
        return new Volume(
                name,
                backends.isEmpty() ? "" : backends.get(0).kind(),
                whole ? state(progress) : Volume.State.INCOMPLETE,
                detail(progress, status, name),
                status.map(UnitStatus::capacityBytes).orElse(backend.number("sizeBytes", 0)),
                status.map(UnitStatus::blockBytes).orElse((int) unit.number("blockBytes", 0)),
                unit.text("serial"),
                unit.text("naa"),
                status.map(UnitStatus::readOnly).orElse(unit.flag("readOnly")),
                mappings.stream()
                        .filter(mapping -> mapping.volume().equals(name))
                        .toList(),
                backend.texts(),
                unit.texts(),
                status.map(VolumeView::activity).orElse(Volume.Activity.NONE),
                medium(status),
                status.map(UnitStatus::modes).orElse(""),
                status.map(UnitStatus::space)
                        .filter(UnitSpace::isKnown)
                        .map(VolumeView::space)
                        .orElse(Volume.Space.UNKNOWN),
                status.map(UnitStatus::operation).orElse(""),
                status.flatMap(UnitStatus::attachedSince)
                        .flatMap(since -> backends.stream().findFirst().flatMap(id -> provider(id, since))),
                status.map(VolumeView::holds).orElse(List.of()),
                status.flatMap(UnitStatus::lastFailure).map(VolumeView::failure),
                status.flatMap(UnitStatus::copy).map(VolumeView::copy));
    }

    private Optional<Volume.Provider> provider(InstanceId backend, Instant since) {
        return components
                .bundle(backend)
                .map(bundle -> new Volume.Provider(bundle.symbolicName, bundle.version, since));
    }

    private static List<Volume.Hold> holds(UnitStatus unit) {
        return unit.holds().stream()
                .map(hold -> new Volume.Hold(hold.began(), hold.millis()))
                .toList();
    }

    private static Volume.Failure failure(UnitFailure failure) {
        return new Volume.Failure(failure.at(), failure.operation(), failure.lba(), failure.sense(), failure.reason());
    }

    private static Volume.Copy copy(CopyStatus copy) {
        return new Volume.Copy(
                copy.to(),
                Volume.Copy.State.valueOf(copy.state()),
                copy.copiedBytes(),
                copy.totalBytes(),
                copy.bytesPerSecond(),
                copy.detail());
    }

    private static Volume.Medium medium(Optional<UnitStatus> status) {
        return status.map(UnitStatus::medium)
                .filter(state -> !state.isEmpty())
                .map(Volume.Medium::valueOf)
                .orElse(Volume.Medium.FIXED);
    }

    /** The first thing that is wrong: the backend, the unit, or that they have not met. */
    private Progress progress(String name, InstanceId backend) {
        List<Supplier<Progress>> questions = new ArrayList<>();
        questions.add(() -> components.state(backend));
        questions.add(() -> components.state(InstanceId.unit(name)));
        questions.add(() -> serves(name));
        return questions.stream()
                .map(Supplier::get)
                .filter(progress -> !(progress instanceof Progress.Done))
                .findFirst()
                .orElse(Progress.DONE);
    }

    private static String lacking(String name, List<InstanceId> backends) {
        String cure = "; volume:delete " + name + " removes what is left.";
        if (backends.size() > 1) {
            return "Several backends have its name: " + backends + cure;
        }
        return backends.isEmpty()
                ? "Its backend is not configured" + cure
                : "Its logical unit is not configured" + cure;
    }

    private static Volume.State state(Progress progress) {
        return progress instanceof Progress.Done ? Volume.State.READY : Volume.State.NOT_READY;
    }

    private static String detail(Progress progress, Optional<UnitStatus> status, String name) {
        if (!(progress instanceof Progress.Done)) {
            return detail(progress);
        }
        return medium(status) == Volume.Medium.EJECTED
                ? "Its medium is ejected; volume:load " + name + " puts one in."
                : status.map(UnitStatus::trouble).orElse("");
    }

    static String detail(Progress progress) {
        if (progress instanceof Progress.Failed failed) {
            return failed.reason();
        }
        return progress instanceof Progress.Pending pending ? pending.reason() : "";
    }

    private static Volume.Space space(UnitSpace space) {
        return new Volume.Space(space.usedBytes(), space.availableBytes(), space.shared(), space.low());
    }

    private static Volume.Activity activity(UnitStatus unit) {
        return new Volume.Activity(
                unit.inFlight(),
                unit.held(),
                unit.stalled(),
                TimeUnit.MILLISECONDS.toSeconds(unit.stalledMillis()),
                unit.swaps(),
                unit.lastHoldMillis(),
                unit.longestHoldMillis(),
                unit.reads(),
                unit.writes(),
                unit.readBytes(),
                unit.writtenBytes(),
                unit.failures());
    }
}
