package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;

/**
 * Log page 19h, General Statistics and Performance (SPC-4 7.3.6), without its optional part on FUA. The weighted fields are
 * zero, as they are where command priority is not supported. Stateless.
 */
final class StatisticsLog {
    static final int CODE = 0x19;

    private static final int GENERAL_ACCESS = 0x0001;
    private static final int IDLE_TIME = 0x0002;
    private static final int TIME_INTERVAL = 0x0003;
    private static final int GENERAL_ACCESS_BYTES = 64;
    private static final int NUMBER_BYTES = 8;
    private static final int PAGE_BYTES = 3 * 4 + GENERAL_ACCESS_BYTES + 2 * NUMBER_BYTES;

    /** Parameter control byte: TSD, since nothing is saved; FORMAT AND LINKING: an unbounded data counter. */
    private static final int COUNTER = 0x22;

    /** A time interval is a microsecond: 1 by ten to the minus 6. */
    private static final int EXPONENT = 6;

    private static final int INTEGER = 1;
    private static final long INTERVAL_NANOS = 1000;

    private StatisticsLog() {}

    static byte[] parameters(CommandStatistics statistics) {
        ByteBuffer parameters = ByteBuffer.allocate(PAGE_BYTES);
        header(parameters, GENERAL_ACCESS, COUNTER, GENERAL_ACCESS_BYTES);
        parameters.putLong(statistics.reads()).putLong(statistics.writes());
        parameters.putLong(statistics.receivedBlocks()).putLong(statistics.transmittedBlocks());
        parameters.putLong(statistics.readNanos() / INTERVAL_NANOS).putLong(statistics.writeNanos() / INTERVAL_NANOS);
        parameters.putLong(0).putLong(0);
        header(parameters, IDLE_TIME, COUNTER, NUMBER_BYTES);
        parameters.putLong(statistics.idleNanos() / INTERVAL_NANOS);
        header(parameters, TIME_INTERVAL, LogPages.BINARY_LIST, NUMBER_BYTES);
        parameters.putInt(EXPONENT).putInt(INTEGER);
        return parameters.array();
    }

    private static void header(ByteBuffer parameters, int code, int control, int length) {
        parameters.putShort((short) code).put((byte) control).put((byte) length);
    }
}
