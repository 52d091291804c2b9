package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.shell.internal.completion.VersionNumbers;
import org.lunaria.shell.internal.console.ConfirmedCommand;
import org.lunaria.shell.internal.console.Differences;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:rollback}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "rollback",
        description = "Make the configuration what it was in a version, as a whole or not at all.",
        detailedDescription =
                "Example: appliance:rollback 12 --dry-run\nIt shows what changes, and asks. What stays the same is not touched, so that its sessions go on."
                        + " Data of volumes is never deleted. The rollback makes a version itself, so it can be undone.")
public final class ApplianceRollback extends ConfirmedCommand<ConfigurationDifference> {

    @Argument(name = "version", required = true, description = "Number of the version; see appliance:history.")
    @Completion(VersionNumbers.class)
    private int version;

    @Option(name = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Override
    protected ConfigurationDifference run(Appliance appliance) {
        ConfigurationDifference difference = appliance.history().previewRollback(version);
        if (!isForPrograms()) {
            appliance.history().remarks(version).forEach(System.out::println);
            Differences.print(difference, System.out);
            System.out.flush();
        }
        if (dryRun || difference.isEmpty()) {
            return difference;
        }
        if (!confirmed("Shall the configuration change so?")) {
            throw new ApplianceException("nothing was changed; give --yes to go on.");
        }
        return appliance.history().rollback(version);
    }

    @Override
    protected void print(ConfigurationDifference difference, PrintStream out) {
        if (difference.isEmpty()) {
            out.println("The configuration is what it was in version " + version + " already.");
        } else if (dryRun) {
            out.println("Nothing was changed.");
        } else {
            out.println("The configuration is what it was in version " + version + ".");
        }
    }
}
