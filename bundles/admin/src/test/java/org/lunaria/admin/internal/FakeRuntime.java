package org.lunaria.admin.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.promise.Promise;

/** Components for some factory PIDs; each takes what {@link FakeConfigurationAdmin} holds unless it is told to refuse. */
final class FakeRuntime implements ServiceComponentRuntime {
    private final FakeConfigurationAdmin configurations;
    private final Set<String> factoryPids;
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, Integer> states = new HashMap<>();

    FakeRuntime(FakeConfigurationAdmin configurations, Set<String> factoryPids) {
        this.configurations = configurations;
        this.factoryPids = factoryPids;
    }

    void refuse(InstanceId id, String failure) {
        failures.put(id.pid(), failure);
        states.put(id.pid(), ComponentConfigurationDTO.FAILED_ACTIVATION);
    }

    void set(InstanceId id, int state) {
        states.put(id.pid(), state);
    }

    @Override
    public Collection<ComponentDescriptionDTO> getComponentDescriptionDTOs(Bundle... bundles) {
        return factoryPids.stream().sorted().map(FakeRuntime::description).toList();
    }

    @Override
    public Collection<ComponentConfigurationDTO> getComponentConfigurationDTOs(ComponentDescriptionDTO description) {
        return configurations.properties().entrySet().stream()
                .filter(entry ->
                        description.configurationPid[0].equals(entry.getValue().get("service.factoryPid")))
                .map(entry -> configuration(description, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static ComponentDescriptionDTO description(String factoryPid) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.configurationPid = new String[] {factoryPid};
        description.bundle = new BundleDTO();
        description.bundle.symbolicName = factoryPid;
        description.bundle.version = "0.1.0";
        return description;
    }

    private ComponentConfigurationDTO configuration(
            ComponentDescriptionDTO description, String pid, Dictionary<String, Object> properties) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.description = description;
        configuration.properties = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            configuration.properties.put(key, properties.get(key));
        }
        configuration.state = states.getOrDefault(pid, ComponentConfigurationDTO.ACTIVE);
        configuration.failure = failures.get(pid);
        UnsatisfiedReferenceDTO reference = new UnsatisfiedReferenceDTO();
        reference.name = "engine";
        configuration.unsatisfiedReferences = List.of(reference).toArray(UnsatisfiedReferenceDTO[]::new);
        return configuration;
    }

    @Override
    public ComponentDescriptionDTO getComponentDescriptionDTO(Bundle bundle, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isComponentEnabled(ComponentDescriptionDTO description) {
        return true;
    }

    @Override
    public Promise<Void> enableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Promise<Void> disableComponent(ComponentDescriptionDTO description) {
        throw new UnsupportedOperationException();
    }
}
