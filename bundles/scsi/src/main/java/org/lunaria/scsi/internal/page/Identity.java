package org.lunaria.scsi.internal.page;

/**
 * Who a logical unit is. It belongs to the unit, never to its backend, and stays through every exchange of it. Immutable.
 *
 * @param type which decides what commands and pages it has
 * @param vendor T10 vendor identification, at most 8 characters of ASCII
 * @param product at most 16
 * @param revision at most 4
 * @param serial unit serial number
 * @param naa designator in hexadecimal digits: 16, or 32 for NAA 6
 * @param removable whether the medium can be ejected
 * @param rotationRate 1 for a solid state medium, 0 for not reported, else rounds a minute
 */
public record Identity(
        DeviceType type,
        String vendor,
        String product,
        String revision,
        String serial,
        String naa,
        boolean removable,
        int rotationRate) {}
