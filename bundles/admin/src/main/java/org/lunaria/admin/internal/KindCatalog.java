package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.SettingKey;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * The kinds of backend and their keys, as the bundles themselves declare them: a kind is a component with a factory PID
 * in the backends' name space, and its keys are those of its metatype. So a bundle of anybody joins by being installed.
 * Thread-safe.
 */
final class KindCatalog {
    /** Keys of the logical unit that are not set by hand: its identity, and how it moves. */
    private static final Set<String> GIVEN =
            Set.of("backend.id", "serial", "naa", "blockBytes", "copyTo", "copyMode", "copyBytesPerSecond");

    private final BundleContext context;
    private final Components components;
    private final MetaTypeService metaTypes;

    KindCatalog(BundleContext context, Components components, MetaTypeService metaTypes) {
        this.context = context;
        this.components = components;
        this.metaTypes = metaTypes;
    }

    List<BackendKind> kinds() {
        Map<String, BackendKind> kinds = new LinkedHashMap<>();
        for (ComponentDescriptionDTO component : components.descriptions(InstanceId.BACKEND_NAMESPACE)) {
            Bundle bundle = context.getBundle(component.bundle.id);
            for (String pid : component.configurationPid) {
                if (pid.startsWith(InstanceId.BACKEND_NAMESPACE) && bundle != null) {
                    kinds.putIfAbsent(pid, kind(pid, bundle));
                }
            }
        }
        return kinds.values().stream()
                .sorted(Comparator.comparing(BackendKind::name))
                .toList();
    }

    /** What may be set for a logical unit. */
    List<SettingKey> unitKeys() {
        return keys(InstanceId.UNIT, GIVEN);
    }

    /** What may be set for an instance of a factory, but for some keys. */
    List<SettingKey> keys(String factoryPid, Set<String> without) {
        return components.descriptions(factoryPid).stream()
                .filter(component -> List.of(component.configurationPid).contains(factoryPid))
                .findFirst()
                .map(component -> context.getBundle(component.bundle.id))
                .map(bundle -> keys(factoryPid, bundle))
                .orElse(List.of())
                .stream()
                .filter(key -> !without.contains(key.name()))
                .toList();
    }

    private BackendKind kind(String pid, Bundle bundle) {
        return new BackendKind(
                pid.substring(InstanceId.BACKEND_NAMESPACE.length()),
                definition(pid, bundle)
                        .map(definition -> text(definition.getDescription()))
                        .orElse(""),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                keys(pid, bundle));
    }

    private List<SettingKey> keys(String pid, Bundle bundle) {
        List<SettingKey> keys = new ArrayList<>();
        definition(pid, bundle).ifPresent(definition -> {
            for (AttributeDefinition key : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
                keys.add(key(key));
            }
        });
        keys.sort(Comparator.comparing(SettingKey::name));
        return List.copyOf(keys);
    }

    private Optional<ObjectClassDefinition> definition(String pid, Bundle bundle) {
        MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
        boolean declared = information != null
                && (List.of(information.getFactoryPids()).contains(pid)
                        || List.of(information.getPids()).contains(pid));
        return declared ? Optional.of(information.getObjectClassDefinition(pid, null)) : Optional.empty();
    }

    private static SettingKey key(AttributeDefinition key) {
        String[] defaults = key.getDefaultValue();
        String[] choices = key.getOptionValues();
        return new SettingKey(
                key.getID(),
                text(key.getDescription()),
                defaults == null ? "" : String.join(",", defaults),
                choices == null ? List.of() : Arrays.asList(choices),
                type(key));
    }

    private static SettingKey.Type type(AttributeDefinition key) {
        if (key.getCardinality() != 0) {
            return SettingKey.Type.TEXT;
        }
        return switch (key.getType()) {
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT ->
                SettingKey.Type.NUMBER;
            case AttributeDefinition.BOOLEAN -> SettingKey.Type.FLAG;
            default -> SettingKey.Type.TEXT;
        };
    }

    private static String text(String textOrNull) {
        return textOrNull == null ? "" : textOrNull;
    }
}
