package org.lunaria.admin.internal;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configuration Admin as far as the administration uses it: named factory configurations, kept in memory. */
final class FakeConfigurationAdmin implements ConfigurationAdmin {
    private final Map<String, FakeConfiguration> configurations = new TreeMap<>();

    /** The properties of every configuration that was given some, by PID. */
    Map<String, Dictionary<String, Object>> properties() {
        Map<String, Dictionary<String, Object>> properties = new TreeMap<>();
        configurations.forEach((pid, configuration) -> {
            if (configuration.properties != null) {
                properties.put(pid, configuration.getProperties());
            }
        });
        return properties;
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        return configurations.computeIfAbsent(factoryPid + "~" + name, pid -> new FakeConfiguration(factoryPid, pid));
    }

    @Override
    public Configuration[] listConfigurations(String filter) throws InvalidSyntaxException {
        var wanted = FrameworkUtil.createFilter(filter);
        Configuration[] found = configurations.values().stream()
                .filter(configuration ->
                        configuration.properties != null && wanted.match(configuration.getProperties()))
                .toArray(Configuration[]::new);
        return found.length == 0 ? null : found;
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return configurations.computeIfAbsent(pid, there -> new FakeConfiguration(null, there));
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException();
    }

    private final class FakeConfiguration implements Configuration {
        private final String factoryPid;
        private final String pid;
        private Dictionary<String, Object> properties;
        private long changes;

        FakeConfiguration(String factoryPid, String pid) {
            this.factoryPid = factoryPid;
            this.pid = pid;
        }

        @Override
        public String getPid() {
            return pid;
        }

        @Override
        public String getFactoryPid() {
            return factoryPid;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            if (properties == null) {
                return null;
            }
            Hashtable<String, Object> copy = new Hashtable<>();
            for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                copy.put(key, properties.get(key));
            }
            copy.put("service.pid", pid);
            if (factoryPid != null) {
                copy.put("service.factoryPid", factoryPid);
            }
            return copy;
        }

        @Override
        public boolean updateIfDifferent(Dictionary<String, ?> values) {
            Hashtable<String, Object> copy = new Hashtable<>();
            Collections.list(values.keys()).forEach(key -> copy.put(key, values.get(key)));
            if (copy.equals(properties)) {
                return false;
            }
            properties = copy;
            changes++;
            return true;
        }

        @Override
        public void delete() {
            configurations.remove(pid);
        }

        @Override
        public long getChangeCount() {
            return changes;
        }

        @Override
        public Dictionary<String, Object> getProcessedProperties(ServiceReference<?> reference) {
            return getProperties();
        }

        @Override
        public void update(Dictionary<String, ?> values) {
            updateIfDifferent(values);
        }

        @Override
        public void update() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBundleLocation(String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getBundleLocation() {
            return "?";
        }

        @Override
        public void addAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ConfigurationAttribute> getAttributes() {
            return Set.of();
        }

        @Override
        public void removeAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }
    }
}
