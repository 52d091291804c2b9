package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.exchange.Exchange;
import org.lunaria.exchange.document.Format;
import org.lunaria.exchange.document.Mode;
import org.lunaria.exchange.document.Reading;
import org.lunaria.shell.internal.console.CallersFile;
import org.lunaria.shell.internal.console.ConfirmedCommand;
import org.lunaria.shell.internal.console.Differences;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.ProgressLines;
import org.lunaria.shell.internal.console.StoreRemarks;

/** {@code appliance:import}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "import",
        description = "Make the configuration what a document says, as a whole or not at all.",
        detailedDescription = "Example: appliance:import lunaria.json --dry-run\n"
                + "Example: appliance:import --format tgt /etc/tgt/targets.conf\nIt shows what changes, and asks. What stays the"
                + " same is not touched, so that its sessions go on. What the document does not mention stays, unless --replace"
                + " is given; the data of volumes is never deleted.")
public final class ApplianceImport extends ConfirmedCommand<ApplianceImport.Imported> {

    /**
     * What came of it.
     *
     * @param changed whether the configuration is another now
     * @param remarks what could not be carried over, and what is left open
     */
    public record Imported(boolean changed, List<String> remarks, ConfigurationDifference difference) {}

    @Argument(name = "file", required = true, description = "The file to read; - for the standard input.")
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            name = "--format",
            description = "Whose file it is: lunaria, or of another target: gotgt, tgt, lio, ctl, scst.")
    @Completion(
            value = StringsCompleter.class,
            values = {"lunaria", "gotgt", "tgt", "lio", "ctl", "scst"})
    private String format = "lunaria";

    @Option(name = "--replace", description = "What the document does not mention goes; data never does.")
    private boolean replace;

    @Option(
            name = "--merge",
            description = "What the document does not mention stays; that is so unless --replace is given.")
    private boolean merge;

    @Reference
    private Session session;

    @Override
    protected Imported run(Appliance appliance) {
        if (replace && merge) {
            throw new ApplianceException("--merge and --replace: give one of them.");
        }
        Format whose = Format.of(format);
        CallersFile source = CallersFile.of(session, file);
        String text = source.read();
        Configuration present = appliance.history().current();
        Reading reading = new Exchange(appliance::keys, new SecureRandom())
                .read(text, whose, present, replace ? Mode.REPLACE : Mode.MERGE);
        ConfigurationDifference difference = appliance.history().preview(reading.wanted());
        List<String> remarks = new ArrayList<>();
        reading.remarks().forEach(remark -> remarks.add(remark.text(source.shortName())));
        remarks.addAll(StoreRemarks.of(difference));
        if (!isForPrograms()) {
            remarks.forEach(System.out::println);
            Differences.print(difference, System.out);
            System.out.flush();
        }
        if (dryRun || difference.isEmpty()) {
            return new Imported(false, remarks, difference);
        }
        if (source.isStandard() ? !isConfirmed() : !confirmed("Shall the configuration change so?")) {
            throw new ApplianceException("nothing was changed; give --yes to go on.");
        }
        ProgressLines lines = new ProgressLines(isForPrograms() ? Optional.empty() : Optional.of(System.out));
        return new Imported(
                true,
                remarks,
                appliance
                        .history()
                        .apply(reading.wanted(), (done, all) -> lines.tell(() -> done + " of " + all + " parts")));
    }

    @Override
    protected void print(Imported imported, PrintStream out) {
        if (imported.difference().isEmpty()) {
            out.println("There is nothing to change.");
        } else {
            out.println(imported.changed() ? "The configuration is what the document says." : "Nothing was changed.");
        }
    }
}
