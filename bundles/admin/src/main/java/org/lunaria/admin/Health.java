package org.lunaria.admin;

import java.util.List;

/**
 * How the appliance is.
 *
 * @param well whether there is no trouble
 * @param troubles everything that is not as it was configured
 * @param volumes how many there are, likewise targets and so on
 * @param consumption what all this takes
 * @param limits how near the bounds are
 */
public record Health(
        boolean well,
        List<Trouble> troubles,
        int volumes,
        int targets,
        int portals,
        int sessions,
        Consumption consumption,
        List<Limit> limits) {

    /**
     * A bound, and how near it is.
     *
     * @param used now; where there are many to whom it applies, by the one that uses most
     * @param limit the most there may be
     */
    public record Limit(String name, long used, long limit) {}

    /**
     * Something that is not as it was configured.
     *
     * @param subject what it is: volume, target, portal, configuration, service
     * @param name which one
     * @param detail one sentence on what is wrong
     */
    public record Trouble(String subject, String name, String detail) {}
}
