package org.lunaria.admin;

import java.util.List;

/**
 * How the appliance is.
 *
 * @param well whether there is no trouble
 * @param troubles everything that is not as it was configured
 * @param volumes how many there are, likewise targets and so on
 * @param consumption what all this takes
 */
public record Health(
        boolean well,
        List<Trouble> troubles,
        int volumes,
        int targets,
        int portals,
        int sessions,
        Consumption consumption) {

    /**
     * Something that is not as it was configured.
     *
     * @param subject what it is: volume, target, portal, configuration, service
     * @param name which one
     * @param detail one sentence on what is wrong
     */
    public record Trouble(String subject, String name, String detail) {}
}
