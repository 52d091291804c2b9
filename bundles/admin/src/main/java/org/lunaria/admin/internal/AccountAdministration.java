package org.lunaria.admin.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.Account;
import org.lunaria.admin.Accounts;
import org.lunaria.admin.ApplianceException;
import org.lunaria.iscsi.IscsiTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, changes and removes accounts. What it logs and says holds no secret. Thread-safe. */
final class AccountAdministration implements Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(AccountAdministration.class);
    private static final int SECRET_BYTES_MIN = 12;
    private static final int SECRET_BYTES_MAX = 255;
    private static final String USER = "user";
    static final String SECRET = "secret";
    private static final String FOR = "for";

    private final Changes changes;
    private final Configurations configurations;
    private final Components components;
    private final Supplier<Optional<IscsiTransport>> transport;
    private final AccountUse use;

    AccountAdministration(
            Changes changes,
            Configurations configurations,
            Components components,
            Supplier<Optional<IscsiTransport>> transport,
            AccountUse use) {
        this.changes = changes;
        this.configurations = configurations;
        this.components = components;
        this.transport = transport;
        this.use = use;
    }

    @Override
    public void requireFree(String name) {
        NameRule.check("account", name);
        if (list().stream().anyMatch(account -> account.name().equals(name))) {
            throw new ApplianceException("account '" + name + "' exists already; choose another name.");
        }
    }

    @Override
    public Account create(String name, String user, Account.Use use, String secret) {
        requireFree(name);
        check(secret);
        try (Change change = changes.begin()) {
            requireFree(name);
            change.tryOut(
                    InstanceId.account(name),
                    changes.newText()
                            .with(USER, user)
                            .with(FOR, use.name().toLowerCase(Locale.ROOT))
                            .withSecret(SECRET, secret));
            change.commit();
        }
        LOG.info("Account {} is made for user {}.", name, user);
        return get(name);
    }

    @Override
    public Account set(String name, Optional<String> user, Optional<String> secret) {
        secret.ifPresent(AccountAdministration::check);
        try (Change change = changes.begin()) {
            InstanceId id = InstanceId.account(get(name).name());
            CfgText before = changes.textOf(id);
            CfgText named = user.map(given -> before.with(USER, given)).orElse(before);
            CfgText text = secret.map(given -> named.withSecret(SECRET, given)).orElse(named);
            if (secret.isPresent()) {
                use.checkSecret(name, text);
            }
            change.tryOut(id, text);
            // Its component goes on as it was with what it refuses, so that only the transport can tell.
            change.require(() -> Verdict.of(transport.get(), id, text.values()));
            change.commit();
        }
        LOG.info("Account {} is changed.", name);
        return get(name);
    }

    @Override
    public Account get(String name) {
        return list().stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApplianceException(
                        "account '" + name + "' does not exist; account:list shows those that do."));
    }

    @Override
    public List<Account> list() {
        return configurations.list(InstanceId.ACCOUNT).entrySet().stream()
                .map(entry -> account(entry.getKey(), new Values(entry.getValue())))
                .toList();
    }

    @Override
    public void delete(String name) {
        try (Change change = changes.begin()) {
            Account account = get(name);
            if (!account.usedBy().isEmpty()) {
                throw new ApplianceException("account " + name + " is used by " + String.join(" and ", account.usedBy())
                        + "; take it out of their accounts first.");
            }
            InstanceId id = InstanceId.account(name);
            change.remove(id);
            change.awaitGone(id);
            LOG.info("Account {} is deleted.", name);
        }
    }

    private Account account(InstanceId id, Values values) {
        Progress progress = components.state(id);
        return new Account(
                id.name(),
                values.text(USER),
                use(values),
                progress instanceof Progress.Done,
                VolumeView.detail(progress),
                usedBy(id.name()));
    }

    /** What an account of these values is for. */
    static Account.Use use(Values values) {
        return values.text(FOR).equalsIgnoreCase(Account.Use.OUTGOING.name())
                ? Account.Use.OUTGOING
                : Account.Use.INCOMING;
    }

    private List<String> usedBy(String account) {
        List<String> users = new ArrayList<>();
        configurations.list(InstanceId.TARGET).forEach((id, values) -> {
            if (new Values(values).list("accounts").contains(account)) {
                users.add("target " + id.name());
            }
        });
        configurations.list(InstanceId.PORTAL).forEach((id, values) -> {
            if (new Values(values).list("discoveryAccounts").contains(account)) {
                users.add("portal " + id.name());
            }
        });
        return users;
    }

    private static void check(String secret) {
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        boolean plain = secret.equals(secret.strip()) && secret.chars().noneMatch(Character::isISOControl);
        if (bytes < SECRET_BYTES_MIN || bytes > SECRET_BYTES_MAX || !plain) {
            throw new ApplianceException("secret of " + bytes + " bytes: give " + SECRET_BYTES_MIN + " to "
                    + SECRET_BYTES_MAX + ", without control characters and without blanks at its ends.");
        }
    }
}
