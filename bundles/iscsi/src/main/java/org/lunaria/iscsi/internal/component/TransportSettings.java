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

    private static final int IO_THREADS_MAX = 256;

    /** For one I/O thread, and for each one more: its own buffers, and what one read may bring. */
    private static final long BUFFER_BYTES_MIN = 16L << 20;

    private static final long BUFFER_BYTES_OF_THREAD = 2L << 20;
    private static final long BUFFER_BYTES_MAX = 1L << 40;

    /** Direct memory that is left to others: the caches of the Java library, copies that a backend makes. */
    private static final long BYTES_OF_OTHERS = 64L << 20;

    private static final int SPIN_MICROS_MAX = 1000;
    private static final int MAX_16_BITS = 65535;
    private static final int SILENCE_SECONDS_MAX = 3600;

    /** A window below this one would keep initiators waiting; one above it would let one session fill a unit. */
    private static final int COMMANDS_MIN = 4;

    private static final int COMMANDS_MAX = 2048;

    /**
     * @param processors of the machine
     * @param directBytes the most direct memory that there is
     * @throws org.lunaria.settings.InvalidSetting when a key or a value cannot be taken
     */
    static TransportSettings read(Map<String, ?> properties, int processors, long directBytes) {
        Settings settings = new Settings(PID, properties, TransportConfig.class);
        int wanted = (int) settings.number("ioThreads", 0, IO_THREADS_MAX);
        int ioThreads = wanted == 0 ? Math.max(1, processors / 2) : wanted;
        return new TransportSettings(
                ioThreads,
                bufferBytes(settings, ioThreads, directBytes),
                (int) settings.number("connectionsMax", 1, MAX_16_BITS),
                new SessionLimits(
                        (int) settings.number("sessionsMax", 1, MAX_16_BITS),
                        (int) settings.number("sessionsPerInitiatorMax", 1, MAX_16_BITS),
                        (int) settings.number("sessionsPerTargetMax", 1, MAX_16_BITS),
                        (int) settings.number("loginsPerSecondMax", 1, 1_000_000)),
                rules(settings),
                (int) settings.number("spinMicros", 0, SPIN_MICROS_MAX));
    }

    private static SessionRules rules(Settings settings) {
        int pingSeconds = (int) settings.number("pingSeconds", 1, SILENCE_SECONDS_MAX);
        int goneSeconds = (int) settings.number("goneSeconds", 2, SILENCE_SECONDS_MAX);
        if (goneSeconds <= pingSeconds) {
            throw settings.invalid("goneSeconds", "give more than pingSeconds, which is " + pingSeconds);
        }
        return new SessionRules(
                TimeUnit.SECONDS.toMillis(settings.number("loginSeconds", 1, 600)), pingSeconds, goneSeconds, (int)
                        settings.number("commandsPerSessionMax", COMMANDS_MIN, COMMANDS_MAX));
    }

    /** The budget, which must do for the I/O threads and be there. */
    private static long bufferBytes(Settings settings, int ioThreads, long directBytes) {
        long bytes = settings.number("bufferBytes", BUFFER_BYTES_MIN, BUFFER_BYTES_MAX);
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
