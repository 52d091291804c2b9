package org.lunaria.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What happened to the appliance, over its restarts, as far back as it is kept. */
@ProviderType
public interface Events {

    /** What kinds of events there are. */
    List<String> kinds();

    /**
     * The last events, in the order in which they happened.
     *
     * @param most how many, at least 1
     * @param kind one of {@link #kinds}, in upper or lower case; or empty for all
     * @throws ApplianceException when there is no such kind, or what is kept cannot be read
     */
    List<Event> last(int most, Optional<String> kind);
}
