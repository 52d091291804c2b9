package org.lunaria.shell.internal.command;

import java.io.PrintStream;
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
import org.lunaria.admin.Account;
import org.lunaria.admin.Appliance;
import org.lunaria.shell.internal.completion.AccountNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;
import org.lunaria.shell.internal.console.SecretInput;

/** {@code account:set}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "account",
        name = "set",
        description = "Change the secret or the user of an account; logins go by it from then on, and sessions stay.",
        detailedDescription = "Example: account:set host1 --secret-file host1.secret")
public final class AccountSet extends ApplianceCommand<Account> {
    @Argument(name = "account", required = true, description = "Name of the account.")
    @Completion(AccountNames.class)
    private String name;

    @Option(name = "--user", description = "Another name to go with the secret; alone it leaves the secret as it is.")
    private String user;

    @Option(
            name = "--secret-file",
            description = "A file whose first line is the new secret, 12 to 255 bytes; - for the standard input."
                    + " Without it and without --user the secret is asked for.")
    @Completion(FileCompleter.class)
    private String secretFile;

    @Reference
    private Session session;

    @Override
    protected Account run(Appliance appliance) {
        // Before a secret is asked for.
        appliance.accounts().get(name);
        return appliance.accounts().set(name, Optional.ofNullable(user), secret());
    }

    @Override
    protected void print(Account account, PrintStream out) {
        String changed = user == null
                ? "another secret: logins go by it"
                : secretFile == null
                        ? "another user: logins go by it"
                        : "another user and another secret: logins go by them";
        out.println("Account " + account.name() + " has " + changed + " from now on, sessions that are there go on.");
    }

    private Optional<String> secret() {
        boolean userAlone = user != null && secretFile == null;
        return userAlone ? Optional.empty() : Optional.of(SecretInput.read(session, Optional.ofNullable(secretFile)));
    }
}
