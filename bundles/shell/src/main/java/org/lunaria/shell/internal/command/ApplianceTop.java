package org.lunaria.shell.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.TrafficMeter;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.LiveScreen;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.TrafficTables;

/** {@code appliance:top}: shows all samples but the last while it runs; the last is its answer. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "top",
        description = "Show what volumes and sessions do now, again every second; q or Ctrl-C ends it.",
        detailedDescription = "Example: appliance:top --interval 5")
public final class ApplianceTop extends ApplianceCommand<Traffic> {
    private static final double SHORTEST_SECONDS = 0.1;
    private static final double LONGEST_SECONDS = 3600;

    @Reference
    private Session session;

    @Option(name = "--interval", description = "Seconds from one look to the next, 0.1 to 3600.")
    private double interval = 1;

    @Option(name = "--count", description = "How many looks, at least 1; without it there is no end.")
    private Integer count;

    @Option(name = "--once", description = "Look once, over one interval.")
    private boolean once;

    private LiveScreen screen;

    @Override
    protected Traffic run(Appliance appliance) {
        if (!(interval >= SHORTEST_SECONDS && interval <= LONGEST_SECONDS)) {
            throw new ApplianceException("--interval " + interval + ": give 0.1 to 3600 seconds.");
        }
        if (count != null && (count < 1 || once)) {
            throw new ApplianceException("--count " + count + ": give 1 or more, and not together with --once.");
        }
        long left = once ? 1 : count == null ? Long.MAX_VALUE : count;
        TrafficMeter meter = appliance.meter();
        try (LiveScreen opened = LiveScreen.open(isForPrograms() ? null : session.getTerminal())) {
            screen = opened;
            boolean goesOn = screen.await(millis());
            Traffic traffic = meter.next();
            while (--left > 0 && goesOn) {
                show(traffic);
                goesOn = screen.await(millis());
                if (goesOn) {
                    traffic = meter.next();
                }
            }
            return traffic;
        }
    }

    @Override
    protected void print(Traffic traffic, PrintStream out) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        new TrafficTables(screen.rows()).print(traffic, new PrintStream(lines, true, StandardCharsets.UTF_8));
        screen.show(lines.toString(StandardCharsets.UTF_8), out);
    }

    private long millis() {
        return Math.round(interval * TimeUnit.SECONDS.toMillis(1));
    }
}
