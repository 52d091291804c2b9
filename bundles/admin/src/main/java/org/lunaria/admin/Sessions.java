package org.lunaria.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The sessions that initiators have logged in. */
@ProviderType
public interface Sessions {

    /** All sessions, discovery sessions too, the oldest first. */
    List<Session> list();

    Session get(String id);

    /** Ends a session. Its initiator may log in again unless the target denies it. */
    void drop(String id);
}
