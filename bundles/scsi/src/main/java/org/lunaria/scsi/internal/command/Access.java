package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.page.PortIdentity;
import org.lunaria.scsi.internal.page.Sense;

/**
 * An initiator's access to a logical unit number, as command handlers see it: SAM's I_T_L nexus. Thread-safe; no method
 * blocks.
 */
public interface Access {

    /** The unit under the number; empty for a number that has none. */
    Optional<Device> device();

    PortIdentity port();

    /** Whether commands that change the medium are refused: by the mapping, the unit or the backend. */
    boolean writeProtected();

    /** Every logical unit number under which the initiator sees a unit of the target, ascending. */
    int[] luns();

    /** The initiator was told the numbers: REPORTED LUNS DATA HAS CHANGED has done its work (SPC-4 6.33). */
    void lunsReported();

    /** Takes the most important pending unit attention away, for REQUEST SENSE. */
    Optional<Sense> takeUnitAttention();

    /** PREVENT ALLOW MEDIUM REMOVAL, until the nexus is lost or the unit is reset. */
    void preventRemoval(boolean prevent);
}
