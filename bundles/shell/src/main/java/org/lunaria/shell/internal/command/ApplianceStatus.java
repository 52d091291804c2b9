package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Consumption;
import org.lunaria.admin.Health;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:status}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "status",
        description = "Show how the appliance is, and everything that is not well.",
        detailedDescription = "Example: appliance:status --json")
public final class ApplianceStatus extends ApplianceCommand<Health> {

    @Override
    protected Health run(Appliance appliance) {
        return appliance.health();
    }

    @Override
    protected void print(Health health, PrintStream out) {
        out.println("Volumes " + health.volumes() + ", targets " + health.targets() + ", portals " + health.portals()
                + ", sessions " + health.sessions() + ".");
        Consumption consumption = health.consumption();
        out.println("Heap " + mebibytes(consumption.heapBytes()) + " of " + mebibytes(consumption.heapLimitBytes())
                + " MiB, direct buffers " + mebibytes(consumption.directBytes()) + " MiB, threads "
                + consumption.threads() + ".");
        for (Health.Limit limit : health.limits()) {
            out.println("Limit: " + limit.used() + " of " + limit.limit() + " " + limit.name() + ".");
        }
        for (Health.NameServer server : health.nameServers()) {
            out.println("iSNS server " + server.server() + ": " + words(server) + ".");
        }
        for (Health.Trouble trouble : health.troubles()) {
            out.println(trouble.subject() + (trouble.name().isEmpty() ? "" : " " + trouble.name()) + ": "
                    + trouble.detail());
        }
        if (health.well()) {
            out.println("All is well.");
        }
    }

    private static String words(Health.NameServer server) {
        String since = " since " + server.since().truncatedTo(ChronoUnit.SECONDS);
        return switch (server.state()) {
            case PENDING -> "not asked yet";
            case EMPTY -> "nothing to register" + since;
            case REGISTERED -> "registered" + since + ", targets " + server.targets() + ", portals " + server.portals();
            case FAILED -> "failing" + since;
        };
    }

    private static long mebibytes(long bytes) {
        return Math.round(bytes / (double) (1 << 20));
    }
}
