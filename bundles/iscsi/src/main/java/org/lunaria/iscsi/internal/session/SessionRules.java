package org.lunaria.iscsi.internal.session;

/**
 * What connections and sessions are held to, whatever they are for. Immutable.
 *
 * @param loginMillis how long a login may take as a whole
 * @param pingSeconds silence after which an initiator is asked whether it is there
 * @param goneSeconds silence after which it counts as gone, more than {@code pingSeconds}
 * @param commandsMax commands that a session may have under way, without immediate ones
 */
public record SessionRules(long loginMillis, int pingSeconds, int goneSeconds, int commandsMax) {
    public static final long LOGIN_MILLIS = 10_000;
    public static final int PING_SECONDS = 30;
    public static final int GONE_SECONDS = 90;
    public static final int COMMANDS_MAX = 128;

    /** Those that hold when nobody says otherwise. */
    public static final SessionRules STANDARD =
            new SessionRules(LOGIN_MILLIS, PING_SECONDS, GONE_SECONDS, COMMANDS_MAX);
}
