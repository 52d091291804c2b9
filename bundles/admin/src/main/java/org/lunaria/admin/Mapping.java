package org.lunaria.admin;

/**
 * A volume that a target presents.
 *
 * @param target name of the target
 * @param lun logical unit number, 0 to 16383
 * @param volume name of the volume
 * @param readOnly whether it cannot be written through this target
 */
public record Mapping(String target, int lun, String volume, boolean readOnly) {}
