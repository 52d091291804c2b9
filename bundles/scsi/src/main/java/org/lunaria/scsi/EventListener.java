package org.lunaria.scsi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of what an initiator has not asked for: asynchronous event reporting of earlier SAMs, which a transport may hand on. Is
 * called by any thread, with locks held: answers at once, and calls nothing here.
 */
@FunctionalInterface
@ConsumerType
public interface EventListener {
    /** For a transport that reports nothing. */
    EventListener NONE = (lun, sense) -> {};

    /**
     * A unit attention is established, and stays until a command is answered with it. That a unit is new is none of them.
     *
     * @param lun eight bytes
     * @param sense as the unit words it
     */
    void event(long lun, byte[] sense);
}
