package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What has become of the configurations: the view of Service Component Runtime. Thread-safe. */
final class Components {
    private final ServiceComponentRuntime runtime;
    private final Predicate<String> wake;

    /**
     * @param wake given a PID, gets the service of the component that has it, which activates one that waits for its
     *     first user; tells whether there is a service
     */
    Components(ServiceComponentRuntime runtime, Predicate<String> wake) {
        this.runtime = runtime;
        this.wake = wake;
    }

    /** The components whose configurations have a factory PID that begins so. */
    List<ComponentDescriptionDTO> descriptions(String factoryPidPrefix) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(description ->
                        Arrays.stream(description.configurationPid).anyMatch(pid -> pid.startsWith(factoryPidPrefix)))
                .toList();
    }

    /** Whether a component runs with just these values. */
    Progress taken(InstanceId id, Map<String, Object> values) {
        if (descriptions(id.factoryPid()).isEmpty()) {
            return new Progress.Pending("no bundle that is started takes configurations of " + id.factoryPid()
                    + "; install or start the one that does.");
        }
        return instance(id)
                .filter(configuration -> has(configuration, values))
                .map(configuration -> progress(id, configuration))
                .orElse(new Progress.Pending(id + " has not been taken; see the log."));
    }

    /** The bundle whose component runs with a configuration. */
    Optional<BundleDTO> bundle(InstanceId id) {
        return instance(id)
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.ACTIVE)
                .map(configuration -> configuration.description.bundle);
    }

    /** How the component of a configuration is, whatever values it has. */
    Progress state(InstanceId id) {
        return taken(id, Map.of());
    }

    /** Whether no component has the configuration any more. */
    Progress gone(InstanceId id) {
        return instance(id).isEmpty() ? Progress.DONE : new Progress.Pending(id + " is still in use.");
    }

    /** Which configurations with a factory PID that begins so were tried by a component, and taken by none. */
    Set<InstanceId> failed(String factoryPidPrefix) {
        Set<InstanceId> failed = new TreeSet<>();
        Set<InstanceId> active = new HashSet<>();
        for (ComponentDescriptionDTO description : descriptions(factoryPidPrefix)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                switch (configuration.state) {
                    case ComponentConfigurationDTO.ACTIVE -> active.addAll(ids(description, configuration));
                    case ComponentConfigurationDTO.FAILED_ACTIVATION -> failed.addAll(ids(description, configuration));
                    default -> {
                        // It waits for something, and goes on by itself when that comes.
                    }
                }
            }
        }
        failed.removeAll(active);
        return failed;
    }

    private static List<InstanceId> ids(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        List<InstanceId> ids = new ArrayList<>();
        for (String factoryPid : description.configurationPid) {
            pids(configuration).stream()
                    .filter(pid -> pid.startsWith(factoryPid + "~"))
                    .forEach(pid -> ids.add(new InstanceId(factoryPid, pid.substring(factoryPid.length() + 1))));
        }
        return ids;
    }

    /** The one that runs, where two bundles have a component for it, as while a new version stands beside the old one. */
    private Optional<ComponentConfigurationDTO> instance(InstanceId id) {
        return descriptions(id.factoryPid()).stream()
                .map(runtime::getComponentConfigurationDTOs)
                .flatMap(Collection::stream)
                .filter(configuration -> pids(configuration).contains(id.pid()))
                .min(Comparator.comparing(configuration -> configuration.state != ComponentConfigurationDTO.ACTIVE));
    }

    private Progress progress(InstanceId id, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.ACTIVE -> Progress.DONE;
            case ComponentConfigurationDTO.SATISFIED ->
                wake.test(id.pid()) ? Progress.DONE : new Progress.Pending(id + " is not active yet.");
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                new Progress.Failed(FailureSentence.in(configuration.failure));
            default -> new Progress.Pending(id + " waits for " + missing(configuration) + ".");
        };
    }

    private static String missing(ComponentConfigurationDTO configuration) {
        String names = Arrays.stream(configuration.unsatisfiedReferences)
                .map((UnsatisfiedReferenceDTO reference) -> reference.name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "its configuration" : "the service " + names;
    }

    private static boolean has(ComponentConfigurationDTO configuration, Map<String, Object> values) {
        return values.entrySet().stream()
                .allMatch(value -> Arrays.deepEquals(
                        new Object[] {value.getValue()}, new Object[] {configuration.properties.get(value.getKey())}));
    }

    private static List<String> pids(ComponentConfigurationDTO configuration) {
        Object pid = configuration.properties.get("service.pid");
        List<String> pids = new ArrayList<>();
        if (pid instanceof Collection<?> several) {
            several.forEach(one -> pids.add(one.toString()));
        } else if (pid instanceof String[] several) {
            pids.addAll(List.of(several));
        } else if (pid != null) {
            pids.add(pid.toString());
        }
        return pids;
    }
}
