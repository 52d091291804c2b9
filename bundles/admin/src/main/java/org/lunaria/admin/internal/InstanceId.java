package org.lunaria.admin.internal;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.lunaria.admin.Configuration;

/**
 * Which instance of which factory: the identity of one configuration.
 *
 * @param factoryPid holds no dash, for File Install splits the file's name at the first one
 * @param name of the instance; may hold dashes. Empty for the one instance of a PID that is no factory
 */
record InstanceId(String factoryPid, String name) implements Comparable<InstanceId> {
    /** What every factory PID of the appliance begins with. */
    static final String NAMESPACE = "org.lunaria.";

    static final String BACKEND_NAMESPACE = "org.lunaria.backend.";
    static final String UNIT = "org.lunaria.unit";
    static final String TARGET = "org.lunaria.target";
    static final String PORTAL = "org.lunaria.portal";
    static final String ACCOUNT = "org.lunaria.account";

    /** What is served under a name only, beside the backends. */
    private static final Set<String> FACTORIES = Set.of(UNIT, TARGET, PORTAL, ACCOUNT);

    private static final String SUFFIX = ".cfg";

    private static final Comparator<InstanceId> ORDER =
            Comparator.comparing(InstanceId::factoryPid).thenComparing(InstanceId::name);

    static InstanceId backend(String kind, String name) {
        return new InstanceId(BACKEND_NAMESPACE + kind, name);
    }

    static InstanceId unit(String name) {
        return new InstanceId(UNIT, name);
    }

    static InstanceId target(String name) {
        return new InstanceId(TARGET, name);
    }

    static InstanceId portal(String name) {
        return new InstanceId(PORTAL, name);
    }

    static InstanceId account(String name) {
        return new InstanceId(ACCOUNT, name);
    }

    /** The instance whose file has that name, if it can be one of ours. */
    static Optional<InstanceId> ofFileName(String fileName) {
        if (!fileName.startsWith(NAMESPACE) || !fileName.endsWith(SUFFIX) || fileName.contains("~")) {
            return Optional.empty();
        }
        String pid = fileName.substring(0, fileName.length() - SUFFIX.length());
        int dash = pid.indexOf('-');
        InstanceId id =
                dash < 0 ? new InstanceId(pid, "") : new InstanceId(pid.substring(0, dash), pid.substring(dash + 1));
        boolean needsName = id.isBackend() || FACTORIES.contains(id.factoryPid);
        return Optional.of(id).filter(one -> !(needsName && one.isSingleton()));
    }

    /** As Configuration Admin names it (OSGi Compendium 104.4.2). */
    String pid() {
        return isSingleton() ? factoryPid : factoryPid + "~" + name;
    }

    /** As File Install names it. */
    String fileName() {
        return Configuration.fileName(factoryPid, name);
    }

    boolean isSingleton() {
        return name.isEmpty();
    }

    boolean isBackend() {
        return factoryPid.startsWith(BACKEND_NAMESPACE);
    }

    /** What follows the name space of the backends, for a backend. */
    String kind() {
        return factoryPid.substring(BACKEND_NAMESPACE.length());
    }

    @Override
    public int compareTo(InstanceId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return isSingleton() ? factoryPid : factoryPid + " " + name;
    }
}
