package org.lunaria.admin.internal;

import java.util.Comparator;

/**
 * Which instance of which factory: the identity of one configuration.
 *
 * @param factoryPid holds no dash, for File Install splits the file's name at the first one
 * @param name of the instance; may hold dashes
 */
record InstanceId(String factoryPid, String name) implements Comparable<InstanceId> {
    /** What every factory PID of the appliance begins with. */
    static final String NAMESPACE = "org.lunaria.";

    static final String BACKEND_NAMESPACE = "org.lunaria.backend.";
    static final String UNIT = "org.lunaria.unit";
    static final String TARGET = "org.lunaria.target";
    static final String PORTAL = "org.lunaria.portal";
    static final String ACCOUNT = "org.lunaria.account";

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

    /** As Configuration Admin names it (OSGi Compendium 104.4.2). */
    String pid() {
        return factoryPid + "~" + name;
    }

    /** As File Install names it. */
    String fileName() {
        return factoryPid + "-" + name + ".cfg";
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
        return factoryPid + " " + name;
    }
}
