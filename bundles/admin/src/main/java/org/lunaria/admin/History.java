package org.lunaria.admin;

import java.util.List;
import java.util.function.Supplier;
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
     * @param steps hears how far it is, on the caller's thread
     * @return what it changes
     * @throws ApplianceException when one of its parts is refused, or together they cannot be: in one sentence with the file and
     *     the reason
     */
    ConfigurationDifference apply(Configuration wanted, Steps steps);

    /** Likewise, where nobody waits for it. */
    default ConfigurationDifference apply(Configuration wanted) {
        return apply(wanted, (done, all) -> {});
    }

    /**
     * What {@link #apply} would change; nothing is tried.
     *
     * @throws ApplianceException when it would be refused, as far as that can be told so
     */
    ConfigurationDifference preview(Configuration wanted);

    /** The versions that are kept, oldest first. Each change makes one, also one by hand. */
    List<Version> list();

    /**
     * The configuration of a version. It holds secrets.
     *
     * @throws ApplianceException when that version is not kept
     */
    Configuration get(int version);

    /** What {@link #rollback} would change, as {@link #preview} tells it. */
    ConfigurationDifference previewRollback(int version);

    /**
     * What is wrong with a version for which {@link #apply} would refuse it, and {@link #rollback} does not: it is the way back to
     * what was, in sentences. What is wrong now too is not among it.
     */
    List<String> remarks(int version);

    /**
     * Makes the configuration what it was in a version, as {@link #apply} does, but for {@link #remarks}; that makes a new
     * version.
     */
    ConfigurationDifference rollback(int version);

    /**
     * Does something on behalf of somebody: the version that comes of it says so.
     *
     * @param what the command, without secrets
     */
    <T> T by(String who, String what, Supplier<T> work);
}
