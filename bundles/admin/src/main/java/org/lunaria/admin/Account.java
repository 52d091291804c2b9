package org.lunaria.admin;

import java.util.List;

/**
 * A user whose secret the appliance knows, for CHAP. The secret is never told.
 *
 * @param name of its configuration
 * @param user the name that goes with the secret
 * @param use whether initiators prove themselves with it, or the appliance to them
 * @param usable whether logins can go by it
 * @param detail one sentence on why not, or empty
 * @param usedBy targets and portals that name it, as "target disks"
 */
public record Account(String name, String user, Use use, boolean usable, String detail, List<String> usedBy) {
    public enum Use {
        INCOMING,
        OUTGOING
    }
}
