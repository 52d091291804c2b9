package org.lunaria.iscsi.internal.component;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.settings.Settings;

/**
 * What all targets and portals share. Immutable.
 *
 * @param ioThreads that do the work of all connections
 * @param bufferBytes budget of the buffer pool
 * @param connectionsMax of one portal
 * @param sessionsMax of all targets
 * @param loginSeconds that a login may take
 * @param spinMicros that an I/O thread looks for more before it sleeps
 */
record TransportSettings(
        int ioThreads,
        long bufferBytes,
        int connectionsMax,
        SessionLimits sessions,
        SessionRules rules,
        int spinMicros) {
    static final String PID = "org.lunaria.iscsi";

    /** For one I/O thread, and for each one more: its own buffers, and what one read may bring. */
    static final long BUFFER_BYTES_MIN = 16L << 20;

    private static final long BUFFER_BYTES_OF_THREAD = 2L << 20;

    /** Direct memory that is left to others: the caches of the Java library, copies that a backend makes. */
    private static final long BYTES_OF_OTHERS = 64L << 20;

    /**
     * @param processors of the machine
     * @param directBytes the most direct memory that there is
     * @throws org.lunaria.settings.InvalidSetting when a key or a value cannot be taken
     */
    static TransportSettings read(Map<String, ?> properties, int processors, long directBytes) {
        Settings settings = new Settings(PID, properties, TransportConfig.class);
        int wanted = (int) settings.number("ioThreads");
        int ioThreads = wanted == 0 ? Math.max(1, processors / 2) : wanted;
        return new TransportSettings(
                ioThreads,
                bufferBytes(settings, ioThreads, directBytes),
                (int) settings.number("connectionsMax"),
                new SessionLimits(
                        (int) settings.number("sessionsMax"),
                        (int) settings.number("sessionsPerInitiatorMax"),
                        (int) settings.number("sessionsPerTargetMax"),
                        (int) settings.number("loginsPerSecondMax")),
                rules(settings),
                (int) settings.number("spinMicros"));
    }

    private static SessionRules rules(Settings settings) {
        int pingSeconds = (int) settings.number("pingSeconds");
        int goneSeconds = (int) settings.number("goneSeconds");
        if (goneSeconds <= pingSeconds) {
            throw settings.invalid("goneSeconds", "give more than pingSeconds, which is " + pingSeconds);
        }
        return new SessionRules(
                TimeUnit.SECONDS.toMillis(settings.number("loginSeconds")), pingSeconds, goneSeconds, (int)
                        settings.number("commandsPerSessionMax"));
    }

    /** The budget, which must do for the I/O threads and be there. */
    private static long bufferBytes(Settings settings, int ioThreads, long directBytes) {
        long bytes = settings.number("bufferBytes");
        long least = BUFFER_BYTES_MIN + (ioThreads - 1) * BUFFER_BYTES_OF_THREAD;
        if (bytes < least) {
            throw settings.invalid("bufferBytes", "give at least " + least + " for " + ioThreads + " ioThreads");
        }
        long most = directBytes - BYTES_OF_OTHERS;
        if (bytes > most) {
            throw settings.invalid(
                    "bufferBytes",
                    "give at most " + Math.max(0, most) + ", or in etc/jvm.options -XX:MaxDirectMemorySize="
                            + mebibytes(bytes + BYTES_OF_OTHERS) + "m instead of " + mebibytes(directBytes) + "m");
        }
        return bytes;
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
