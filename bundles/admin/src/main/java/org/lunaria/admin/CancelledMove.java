package org.lunaria.admin;

/**
 * A move that was ended before its end.
 *
 * @param volume which is where it was
 * @param keptPath what was to be its store, with whatever was copied to it, where that is left; or empty
 */
public record CancelledMove(Volume volume, String keptPath) {}
