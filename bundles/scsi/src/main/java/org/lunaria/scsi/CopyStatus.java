package org.lunaria.scsi;

/**
 * How the copy of a unit's bytes to another backend goes, immutable.
 *
 * @param to which backend
 * @param state RUNNING; IN_SYNC when the other one has everything and gets every change; FAILED when it will not, until one
 *     of the two is changed; WAITING while it cannot begin
 * @param copiedBytes how many are there
 * @param totalBytes of how many
 * @param bytesPerSecond over the last second, 0 while nothing is copied
 * @param detail why it failed or waits, or empty
 */
public record CopyStatus(
        String to, String state, long copiedBytes, long totalBytes, long bytesPerSecond, String detail) {
    public static final String WAITING = "WAITING";
}
