package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.security.SecureRandom;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.lunaria.admin.Appliance;
import org.lunaria.exchange.Exchange;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.CallersFile;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code appliance:export}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "appliance",
        name = "export",
        description = "Write the whole configuration as one JSON document, for people and for appliance:import.",
        detailedDescription =
                "Example: appliance:export /srv/backup/lunaria.json\nWithout a file, or with - for one, it is printed."
                        + " Secrets are left out unless --with-secrets is given; such a file is for its owner alone.")
public final class ApplianceExport extends ApplianceCommand<ApplianceExport.Exported> {

    /**
     * What was written.
     *
     * @param file its name; - when the document is the answer
     */
    public record Exported(String file, boolean withSecrets, String document) {}

    @Argument(name = "file", description = "The file to write; - for the standard output, as without one.")
    @Completion(FileCompleter.class)
    private String file = "-";

    @Option(name = "--with-secrets", description = "Write the secrets of accounts too.")
    private boolean withSecrets;

    @Option(name = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Reference
    private Session session;

    @Override
    protected Exported run(Appliance appliance) {
        String document = new Exchange(appliance::keys, new SecureRandom())
                .write(appliance.history().current(), withSecrets);
        CallersFile target = CallersFile.of(session, file);
        if (target.isStandard()) {
            return new Exported(file, withSecrets, document);
        }
        target.write(document, withSecrets, force);
        return new Exported(target.path().toString(), withSecrets, "");
    }

    @Override
    protected void print(Exported exported, PrintStream out) {
        if (exported.document().isEmpty()) {
            out.println("The configuration is in " + exported.file()
                    + (withSecrets ? ", with its secrets: only its owner may read it." : ", without secrets."));
        } else {
            out.print(exported.document());
        }
    }
}
