package org.lunaria.scsi.internal.reservation;

/**
 * A reservation key that an I_T nexus is registered with (SPC-4 5.13.7). Immutable.
 *
 * @param nexus whose it is; through any port for one that was made with ALL_TG_PT
 * @param key never zero
 */
public record Registration(NexusName nexus, long key) {

    /** Whether it was made for all target ports (ALL_TG_PT). */
    public boolean isForAllPorts() {
        return nexus.isThroughAnyPort();
    }
}
