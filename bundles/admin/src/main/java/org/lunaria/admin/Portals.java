package org.lunaria.admin;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The network portals (RFC 7143 2.2): where initiators connect. */
@ProviderType
public interface Portals {
    /** The port that IANA gave to iSCSI. */
    int DEFAULT_PORT = 3260;

    /** The target portal group tag that a portal has unless another is asked for. */
    int DEFAULT_TAG = 1;

    /**
     * Makes a portal and waits until it listens.
     *
     * @param address an IP address of this machine, or 0.0.0.0 or :: for all of them
     * @param port 1 to 65535
     * @param tag target portal group tag, 1 to 65535
     */
    Portal create(String name, String address, int port, int tag);

    /** The keys that {@link #set} takes. */
    List<SettingKey> keys();

    /**
     * Sets keys of a portal, all or none. Sessions through it go on.
     *
     * @param settings an empty value takes the default
     */
    Portal set(String name, Map<String, String> settings);

    /** All portals by name. */
    List<Portal> list();

    /** Closes a portal; sessions through it end. */
    void delete(String name);
}
