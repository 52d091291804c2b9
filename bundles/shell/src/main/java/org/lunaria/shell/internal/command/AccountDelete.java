package org.lunaria.shell.internal.command;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Appliance;
import org.lunaria.shell.internal.completion.AccountNames;
import org.lunaria.shell.internal.console.ApplianceCommand;
import org.lunaria.shell.internal.console.Deleted;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code account:delete}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "account",
        name = "delete",
        description = "Remove an account that no target and no portal uses.",
        detailedDescription = "Example: account:delete host1")
public final class AccountDelete extends ApplianceCommand<Deleted> {

    @Argument(name = "account", required = true, description = "Name of the account.")
    @Completion(AccountNames.class)
    private String name;

    @Override
    protected Deleted run(Appliance appliance) {
        appliance.accounts().delete(name);
        return new Deleted("account", name);
    }

    @Override
    protected void print(Deleted deleted, PrintStream out) {
        out.println("Account " + deleted.name() + " is deleted.");
    }
}
