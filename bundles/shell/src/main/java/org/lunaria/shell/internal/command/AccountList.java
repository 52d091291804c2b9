package org.lunaria.shell.internal.command;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.lunaria.admin.Account;
import org.lunaria.admin.Appliance;
import org.lunaria.shell.internal.console.Column;
import org.lunaria.shell.internal.console.ListCommand;
import org.lunaria.shell.internal.console.OptionsAnywhere;

/** {@code account:list}. */
@Service
@Parsing(OptionsAnywhere.class)
@Command(
        scope = "account",
        name = "list",
        description = "Show all accounts, without their secrets.",
        detailedDescription = "Example: account:list")
public final class AccountList extends ListCommand<Account> {

    @Override
    protected List<Account> run(Appliance appliance) {
        return appliance.accounts().list();
    }

    @Override
    protected List<Column<Account>> columns() {
        return List.of(
                Column.text("Name", Account::name),
                Column.text("User", Account::user),
                Column.text("For", account -> account.use().name().toLowerCase(Locale.ROOT)),
                Column.text("Used by", account -> String.join(", ", account.usedBy())),
                Column.text("Detail", Account::detail));
    }

    @Override
    protected String nothing() {
        return "There is no account; account:create makes one.";
    }
}
