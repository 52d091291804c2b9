package org.lunaria.admin;

/**
 * A volume that is gone.
 *
 * @param keptPath where its data still is, or empty when there is none
 */
public record DeletedVolume(String name, String keptPath) {}
