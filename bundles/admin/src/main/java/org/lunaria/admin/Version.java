package org.lunaria.admin;

import java.time.Instant;

/**
 * What the configuration was from some time on.
 *
 * @param number counts up, and never comes again
 * @param time when it became so
 * @param who made it so: a user of the shell, or {@link #BY_HAND}
 * @param what in one sentence, or the command, without secrets
 */
public record Version(int number, Instant time, String who, String what) {
    /** Who changes files in {@code etc/}. */
    public static final String BY_HAND = "by hand";
}
