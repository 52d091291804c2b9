package org.lunaria.admin.internal;

import java.util.List;
import org.lunaria.admin.Health;

/** The name servers that the appliance is registered at. A seam, so that administration is there without them. */
interface NameServers {

    List<Health.NameServer> list();

    /** One sentence on why their configuration was not taken, or an empty text. */
    String refusal();
}
