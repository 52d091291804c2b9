package org.lunaria.scsi.internal.slot;

/**
 * Operations that a backend has for so long that it may never end them.
 *
 * @param operations how many; 0 while all is well
 * @param millis how long it has the oldest
 */
public record Stall(int operations, long millis) {
    public static final Stall NONE = new Stall(0, 0);
}
