package org.lunaria.admin;

import org.osgi.annotation.versioning.ProviderType;

/** The whole configuration as one, what it was, and the way back. */
@ProviderType
public interface History {

    /** What the files in {@code etc/} say now. It holds secrets. */
    Configuration current();

    /**
     * Makes the whole configuration another, as a whole or not at all; also should the process die meanwhile. What is the
     * same in both is not touched, so that its sessions stay. Data is never deleted: of a volume that goes the bytes stay
     * where they are. A backend that is new and says {@code create = true} may make its store; that key does not stay.
     *
     * @return what it changes
     * @throws ApplianceException when one of its parts is refused: in one sentence with the file and the reason
     */
    ConfigurationDifference apply(Configuration wanted);

    /** What {@link #apply} would change; nothing is tried. */
    ConfigurationDifference preview(Configuration wanted);
}
