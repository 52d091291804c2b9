package org.lunaria.isns;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The iSNS client of the appliance as an OSGi service, for those who look after it: it registers the targets and portals
 * at the servers that are configured. Snapshots; thread-safe.
 */
@ProviderType
public interface IsnsClient {

    /** Every server that is configured, in the order of the configuration. */
    List<ServerStatus> servers();

    /** One sentence on why the configuration that is there was not taken, or an empty text. */
    String refusal();
}
