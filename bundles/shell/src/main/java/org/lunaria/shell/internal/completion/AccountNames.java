package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Account;
import org.lunaria.admin.Appliance;

/** Completes the names of accounts. */
@Service
public final class AccountNames extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.accounts().list().stream().map(Account::name).toList();
    }
}
