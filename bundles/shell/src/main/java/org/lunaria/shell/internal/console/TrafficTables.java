package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.karaf.shell.support.table.ShellTable;
import org.lunaria.admin.Traffic;

/** What went through, for people: a table of the volumes and one of the sessions. Where there is little room, the busiest. */
public final class TrafficTables {
    /** Of each table: its heads and a line between the two; and the line above all. */
    private static final int OTHER_LINES = 8;

    private static final double BYTES_OF_MEGABYTE = 1e6;
    private static final double MICROS_OF_MILLI = 1e3;
    private static final double MICROS_OF_SECOND = 1e6;
    private static final double DECIMAL_BELOW = 10;

    private final int rows;

    /** @param screenRows lines that there are */
    public TrafficTables(int screenRows) {
        this.rows = Math.max(1, (screenRows - OTHER_LINES) / 2);
    }

    public void print(Traffic traffic, PrintStream out) {
        out.printf(Locale.ROOT, "%s, over %.1f s%n", traffic.at().truncatedTo(ChronoUnit.SECONDS), traffic.seconds());
        out.println();
        ShellTable volumes = table("Volume", "Reads/s", "Writes/s", "Read MB/s", "Written MB/s", "p50", "p99");
        volumes.column("Under way").alignRight();
        volumes.column("Held").alignRight();
        busiest(traffic.volumes(), volume -> volume.readsPerSecond() + volume.writesPerSecond())
                .forEach(volume -> volumes.addRow()
                        .addContent(
                                volume.volume(),
                                rate(volume.readsPerSecond()),
                                rate(volume.writesPerSecond()),
                                megabytes(volume.readBytesPerSecond()),
                                megabytes(volume.writtenBytesPerSecond()),
                                p50(volume.latency()),
                                p99(volume.latency()),
                                volume.inFlight(),
                                volume.held()));
        volumes.print(out);
        out.println();
        ShellTable sessions = table("Session", "Commands/s", "Read MB/s", "Written MB/s", "p50", "p99", "Under way");
        sessions.column("Target");
        sessions.column("Initiator");
        busiest(traffic.sessions(), Traffic.OfSession::commandsPerSecond)
                .forEach(session -> sessions.addRow()
                        .addContent(
                                session.id(),
                                rate(session.commandsPerSecond()),
                                megabytes(session.readBytesPerSecond()),
                                megabytes(session.writtenBytesPerSecond()),
                                p50(session.latency()),
                                p99(session.latency()),
                                session.tasks(),
                                session.target().isEmpty() ? "(discovery)" : session.target(),
                                session.initiator()));
        sessions.print(out);
    }

    /** All in their order where there is room for all. */
    private <T> List<T> busiest(List<T> all, ToDoubleFunction<T> load) {
        return all.size() <= rows
                ? all
                : all.stream()
                        .sorted(Comparator.comparingDouble(load).reversed())
                        .limit(rows)
                        .toList();
    }

    /** The first column is a name, the others are numbers. */
    private static ShellTable table(String name, String... numbers) {
        ShellTable table = new ShellTable();
        table.column(name);
        for (String number : numbers) {
            table.column(number).alignRight();
        }
        return table;
    }

    private static String p50(Traffic.Latency latency) {
        return latency.count() == 0 ? "-" : time(latency.p50Micros());
    }

    private static String p99(Traffic.Latency latency) {
        return latency.count() == 0 ? "-" : time(latency.p99Micros());
    }

    static String time(double micros) {
        if (micros < MICROS_OF_MILLI) {
            return number(micros) + " us";
        }
        return micros < MICROS_OF_SECOND
                ? number(micros / MICROS_OF_MILLI) + " ms"
                : number(micros / MICROS_OF_SECOND) + " s";
    }

    private static String rate(double perSecond) {
        return number(perSecond);
    }

    private static String megabytes(long bytes) {
        return number(bytes / BYTES_OF_MEGABYTE);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == 0 || value >= DECIMAL_BELOW ? "%.0f" : "%.1f", value);
    }
}
