package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import java.util.Locale;
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
import org.lunaria.admin.Account;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.ApplianceException;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.SecretInput;

/** {@code account:create}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "account",
        name = "create",
        description = "Make an account for CHAP: a user and its secret.",
        detailedDescription = "Example: account:create host1 --user host1")
public final class AccountCreate extends ApplianceCommand<Account> {
    @Argument(name = "name", required = true, description = "A new name: 1 to 64 of a-z, 0-9, dot, dash, underscore.")
    private String name;

    @Option(name = "--user", description = "The name that goes with the secret; without it the account's name.")
    private String user;

    @Option(name = "--for", description = "incoming: initiators prove themselves with it; outgoing: the target does.")
    @Completion(
            value = StringsCompleter.class,
            values = {"incoming", "outgoing"})
    private String use = "incoming";

    @Option(
            name = "--secret-file",
            description = "A file whose first line is the secret, 12 to 255 bytes; - for the standard input."
                    + " Without it the secret is asked for.")
    @Completion(FileCompleter.class)
    private String secretFile;

    @Reference
    private Session session;

    @Override
    protected Account run(Appliance appliance) {
        Account.Use given = use();
        appliance.accounts().requireFree(name);
        String secret = SecretInput.read(session, Optional.ofNullable(secretFile));
        return appliance.accounts().create(name, user == null ? name : user, given, secret);
    }

    @Override
    protected void print(Account account, PrintStream out) {
        out.println("Account " + account.name() + " is ready; use it with target:set TARGET "
                + (account.use() == Account.Use.INCOMING ? "auth=chap accounts=" : "auth=mutual accounts=INCOMING,")
                + account.name() + ".");
    }

    private Account.Use use() {
        return switch (use.toLowerCase(Locale.ROOT)) {
            case "incoming" -> Account.Use.INCOMING;
            case "outgoing" -> Account.Use.OUTGOING;
            default -> throw new ApplianceException("--for " + use + ": give incoming or outgoing.");
        };
    }
}
