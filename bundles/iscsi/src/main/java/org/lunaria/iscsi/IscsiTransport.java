package org.lunaria.iscsi;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The iSCSI transport as an OSGi service, for those who look after it. Snapshots; thread-safe. */
@ProviderType
public interface IscsiTransport {

    /** Every portal that is configured, bound or not, by name. */
    List<PortalStatus> portals();

    /** Every target that is configured, by name. */
    List<TargetStatus> targets();

    /** Every session that is logged in, discovery sessions too. */
    List<SessionStatus> sessions();

    /**
     * Ends a session: its connections are closed, and its tasks aborted.
     *
     * @param id of {@link SessionStatus#id}
     * @return whether there was such a session
     */
    boolean drop(String id);
}
