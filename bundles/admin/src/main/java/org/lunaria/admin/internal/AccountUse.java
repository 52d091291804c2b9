package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.admin.Account;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Health.Trouble;

/**
 * Whether the accounts that a target or portal goes by are there, and for what it wants them. The transport takes names that nobody has,
 * since files come in any order, and then lets nobody in; who typed such a name wants to hear of it. Thread-safe.
 */
final class AccountUse {
    private static final String NONE = "none";

    private final Configurations configurations;

    /** Under which keys a kind of configuration says what has to be proved, and by which accounts. */
    enum Keys {
        OF_TARGET("auth", "accounts"),
        OF_PORTAL("discoveryAuth", "discoveryAccounts");

        private final String method;
        private final String accounts;

        Keys(String method, String accounts) {
            this.method = method;
            this.accounts = accounts;
        }
    }

    AccountUse(Configurations configurations) {
        this.configurations = configurations;
    }

    /**
     * Refuses an edit that names accounts by which nobody could log in.
     *
     * @param subject what is edited, as "target disks"
     * @param settings what is asked for; only who touches accounts hears of them
     * @throws ApplianceException in a sentence that says what to do
     */
    void check(String subject, Keys keys, Map<String, String> settings, CfgText edited) {
        if (settings.containsKey(keys.method) || settings.containsKey(keys.accounts)) {
            flaw(keys, new Values(edited.values())).ifPresent(flaw -> {
                throw new ApplianceException(subject + ": " + flaw);
            });
        }
    }

    /** What is wrong with the accounts of all targets and portals. */
    List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        configurations
                .list(InstanceId.TARGET)
                .forEach((id, values) -> flaw(Keys.OF_TARGET, new Values(values))
                        .ifPresent(flaw -> troubles.add(new Trouble("target", id.name(), flaw))));
        configurations
                .list(InstanceId.PORTAL)
                .forEach((id, values) -> flaw(Keys.OF_PORTAL, new Values(values))
                        .ifPresent(flaw -> troubles.add(new Trouble("portal", id.name(), flaw))));
        return troubles;
    }

    private Optional<String> flaw(Keys keys, Values values) {
        String method = values.text(keys.method);
        List<String> names = values.list(keys.accounts);
        // Without any, the transport refuses it.
        if (method.isEmpty() || method.equalsIgnoreCase(NONE) || names.isEmpty()) {
            return Optional.empty();
        }
        List<Account.Use> uses = new ArrayList<>();
        for (String name : names) {
            Optional<Map<String, Object>> account = configurations.values(InstanceId.account(name));
            if (account.isEmpty()) {
                return Optional.of(keys.accounts + " = " + String.join(",", names) + ": there is no account " + name
                        + "; account:create makes one, and account:list shows those there are.");
            }
            uses.add(AccountAdministration.use(new Values(account.get())));
        }
        String sayer = keys.method + " = " + method + ", " + keys.accounts + " = " + String.join(",", names);
        if (!uses.contains(Account.Use.INCOMING)) {
            return Optional.of(sayer + ": none of them is for incoming, so nobody can log in; add one.");
        }
        if (method.equalsIgnoreCase("mutual") && !uses.contains(Account.Use.OUTGOING)) {
            return Optional.of(
                    sayer + ": none of them is for outgoing; add one, which account:create --for outgoing makes.");
        }
        return Optional.empty();
    }
}
