package org.lunaria.iscsi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What every session has done. */
    List<SessionTraffic> traffic();

    /**
     * Ends a session: its connections are closed, and its tasks aborted.
     *
     * @param id of {@link SessionStatus#id}
     * @return whether there was such a session
     */
    boolean drop(String id);

    /** The bounds, and how near they are. */
    List<LimitStatus> limits();

    /**
     * How long ago the I/O thread went round its loop that is furthest behind. About a second at most while all of them
     * turn; one that does not any more serves nobody.
     */
    Duration ioThreadSilence();

    /**
     * What came of a configuration of a target, a portal or an account that is active: one that cannot be taken leaves it
     * as it was.
     *
     * @param pid as Configuration Admin knows it
     * @param values that the configuration has, among others
     * @return empty when it was not looked at yet; an empty text when it was taken; else one sentence on why not
     */
    Optional<String> verdict(String pid, Map<String, ?> values);

    /** A sentence on each such configuration that was refused and is there still. */
    List<String> refusals();
}
