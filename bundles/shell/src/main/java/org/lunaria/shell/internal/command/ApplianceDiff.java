package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.History;
import org.lunaria.admin.Version;
import org.lunaria.shell.internal.completion.VersionNumbers;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.Differences;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:diff}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "diff",
        description = "Show what differs between two versions of the configuration; secrets are not shown.",
        detailedDescription =
                "Example: appliance:diff 12 15\nWithout a version: what the last change was. With one: what"
                        + " differs between it and the files in etc/ as they are now.")
public final class ApplianceDiff extends ApplianceCommand<ConfigurationDifference> {

    @Argument(index = 0, name = "from", description = "The older version.")
    @Completion(VersionNumbers.class)
    private Integer from;

    @Argument(index = 1, name = "to", description = "The newer version; without it, what is there now.")
    @Completion(VersionNumbers.class)
    private Integer to;

    @Override
    protected ConfigurationDifference run(Appliance appliance) {
        History history = appliance.history();
        if (from != null) {
            Configuration later = to == null ? history.current() : history.get(to);
            return ConfigurationDifference.between(history.get(from), later);
        }
        List<Version> versions = history.list();
        if (versions.size() < 2) {
            throw new ApplianceException("there is no change yet; appliance:history shows the versions that are kept.");
        }
        return ConfigurationDifference.between(
                history.get(versions.get(versions.size() - 2).number()),
                history.get(versions.get(versions.size() - 1).number()));
    }

    @Override
    protected void print(ConfigurationDifference difference, PrintStream out) {
        if (difference.isEmpty()) {
            out.println("They are the same.");
        }
        Differences.print(difference, out);
    }
}
