package org.lunaria.admin.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The appliance's configurations in Configuration Admin, which is what components get. Nobody else touches
 * Configuration Admin. Thread-safe.
 */
final class Configurations {
    /** Where File Install notes the file that a configuration was read from; it leaves alone what it finds equal. */
    static final String FILE_NAME = "felix.fileinstall.filename";

    /** For whichever bundle has the component (OSGi Compendium 104.4.1). */
    private static final String ANY_BUNDLE = "?";

    private static final Set<String> OF_THE_FRAMEWORK = Set.of(
            "service.pid", ConfigurationAdmin.SERVICE_FACTORYPID, ConfigurationAdmin.SERVICE_BUNDLELOCATION, FILE_NAME);

    private final ConfigurationAdmin admin;
    private final EtcFolder etc;

    Configurations(ConfigurationAdmin admin, EtcFolder etc) {
        this.admin = admin;
        this.etc = etc;
    }

    /** The values of one configuration, without the framework's keys. */
    Optional<Map<String, Object>> values(InstanceId id) {
        return matching(withPid(id)).stream()
                .findFirst()
                .map(configuration -> ownValues(configuration.getProperties()));
    }

    /** All of one factory, by name; or of several, where the PID ends in {@code *}. */
    Map<InstanceId, Map<String, Object>> list(String factoryPid) {
        Map<InstanceId, Map<String, Object>> list = new TreeMap<>();
        for (Configuration configuration : matching("(service.factoryPid=" + factoryPid + ")")) {
            list.put(id(configuration), ownValues(configuration.getProperties()));
        }
        return list;
    }

    void put(InstanceId id, Map<String, Object> values) {
        Dictionary<String, Object> properties = new Hashtable<>(values);
        properties.put(FILE_NAME, etc.uri(id));
        try {
            Configuration configuration = id.isSingleton()
                    ? admin.getConfiguration(id.factoryPid(), ANY_BUNDLE)
                    : admin.getFactoryConfiguration(id.factoryPid(), id.name(), ANY_BUNDLE);
            configuration.updateIfDifferent(properties);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store the configuration " + id, e);
        }
    }

    /**
     * Has the component that failed with these values made anew. An update would not do it for one that takes changes while it runs
     * (OSGi Compendium 112.5.13): only a configuration that is new to it activates it. Nobody sees the time between.
     */
    synchronized void handOverAgain(InstanceId id) {
        values(id).ifPresent(values -> {
            delete(id);
            put(id, values);
        });
    }

    void delete(InstanceId id) {
        for (Configuration configuration : matching(withPid(id))) {
            delete(configuration);
        }
    }

    /** Those that are given by a file, or were. */
    List<InstanceId> withFile() {
        return matching("(&(service.pid=" + InstanceId.NAMESPACE + "*)(" + FILE_NAME + "=*))").stream()
                .map(Configurations::id)
                .toList();
    }

    private synchronized List<Configuration> matching(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the configurations", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    private static String withPid(InstanceId id) {
        return "(service.pid=" + id.pid().replaceAll("[\\\\*()]", "\\\\$0") + ")";
    }

    private static void delete(Configuration configuration) {
        try {
            configuration.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the configuration " + configuration.getPid(), e);
        }
    }

    private static InstanceId id(Configuration configuration) {
        String pid = configuration.getPid();
        return configuration.getFactoryPid() == null
                ? new InstanceId(pid, "")
                : new InstanceId(configuration.getFactoryPid(), pid.substring(pid.indexOf('~') + 1));
    }

    private static Map<String, Object> ownValues(Dictionary<String, Object> properties) {
        Map<String, Object> values = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            if (!OF_THE_FRAMEWORK.contains(key)) {
                values.put(key, properties.get(key));
            }
        }
        return values;
    }
}
