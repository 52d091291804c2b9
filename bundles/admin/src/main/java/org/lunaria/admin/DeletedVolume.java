package org.lunaria.admin;

/**
 * A volume that is gone.
 *
 * @param keptPath where its data still is, or empty when there is none
 * @param keptCopyPath where what was copied of it still is, for a move that it ended, or empty when there is none
 */
public record DeletedVolume(String name, String keptPath, String keptCopyPath) {}
