package org.lunaria.iscsi.internal.component;

import java.util.Map;
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
        int ioThreads, long bufferBytes, int connectionsMax, int sessionsMax, int loginSeconds, int spinMicros) {
    static final String PID = "org.lunaria.iscsi";

    private static final int IO_THREADS_MAX = 256;
    private static final long BUFFER_BYTES_MIN = 16L << 20;
    private static final long BUFFER_BYTES_MAX = 1L << 40;
    private static final int SPIN_MICROS_MAX = 1000;

    /**
     * @param processors of the machine
     * @throws org.lunaria.settings.InvalidSetting when a key or a value cannot be taken
     */
    static TransportSettings read(Map<String, ?> properties, int processors) {
        Settings settings = new Settings(PID, properties, TransportConfig.class);
        int ioThreads = (int) settings.number("ioThreads", 0, IO_THREADS_MAX);
        return new TransportSettings(
                ioThreads == 0 ? Math.max(1, processors / 2) : ioThreads,
                settings.number("bufferBytes", BUFFER_BYTES_MIN, BUFFER_BYTES_MAX),
                (int) settings.number("connectionsMax", 1, 65535),
                (int) settings.number("sessionsMax", 1, 65535),
                (int) settings.number("loginSeconds", 1, 600),
                (int) settings.number("spinMicros", 0, SPIN_MICROS_MAX));
    }
}
