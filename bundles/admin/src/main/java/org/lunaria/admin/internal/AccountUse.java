package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.admin.Account;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Health.Trouble;

/**
 * Whether the accounts that a target or portal goes by are there, and for what it wants them. The transport takes names that nobody has,
 * since files come in any order, and then lets nobody in; who typed such a name wants to hear of it. Thread-safe.
 */
final class AccountUse {
    private static final String NONE = "none";
    private static final String MUTUAL = "mutual";

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

    /** Accounts for the two directions of one login that have the same secret, which must not be (RFC 7143 9.2.1). */
    private record Twins(String incoming, String outgoing) {
        String sentence() {
            return incoming + " and " + outgoing + " must not have the same secret, or logins in which the target is to"
                    + " prove itself fail; give one of them another.";
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

    /**
     * Refuses another secret of an account where that of the other direction is the same.
     *
     * @throws ApplianceException in a sentence that says what to do
     */
    void checkSecret(String name, CfgText edited) {
        Values after = new Values(edited.values());
        users(configurations::list)
                .forEach(user ->
                        twins(user.keys, user.values, other -> other.equals(name) ? after : account(other)).stream()
                                .filter(twins -> name.equals(twins.incoming) || name.equals(twins.outgoing))
                                .findFirst()
                                .ifPresent(twins -> {
                                    throw new ApplianceException(user.sentence(twins));
                                }));
    }

    /** Of a whole configuration, the targets and portals that would have one secret for both directions, in sentences. */
    static List<String> twins(SortedMap<InstanceId, CfgText> whole) {
        Map<InstanceId, Map<String, Object>> values = new TreeMap<>();
        whole.forEach((id, text) -> values.put(id, text.values()));
        return users(pid -> values.entrySet().stream()
                        .filter(entry -> entry.getKey().factoryPid().equals(pid))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .flatMap(user -> twins(
                                user.keys,
                                user.values,
                                name -> new Values(values.getOrDefault(InstanceId.account(name), Map.of())))
                        .stream()
                        .map(user::sentence))
                .sorted()
                .toList();
    }

    /** What is wrong with the accounts of all targets and portals. */
    List<Trouble> troubles() {
        return users(configurations::list)
                .flatMap(user ->
                        flaw(user.keys, user.values).map(flaw -> new Trouble(user.subject, user.name, flaw)).stream())
                .toList();
    }

    /** A target or portal, which may go by accounts. */
    private record User(String subject, String name, Keys keys, Values values) {
        String sentence(Twins twins) {
            return subject + " " + name + ": " + twins.sentence();
        }
    }

    /** @param configurations those of a factory */
    private static Stream<User> users(Function<String, Map<InstanceId, Map<String, Object>>> configurations) {
        return Stream.concat(
                users("target", configurations.apply(InstanceId.TARGET), Keys.OF_TARGET),
                users("portal", configurations.apply(InstanceId.PORTAL), Keys.OF_PORTAL));
    }

    private static Stream<User> users(String subject, Map<InstanceId, Map<String, Object>> configurations, Keys keys) {
        return configurations.entrySet().stream()
                .map(entry -> new User(subject, entry.getKey().name(), keys, new Values(entry.getValue())));
    }

    private Values account(String name) {
        return configurations.values(InstanceId.account(name)).map(Values::new).orElse(Values.NONE);
    }

    /** @param account the values of an account of this name */
    private static List<Twins> twins(Keys keys, Values values, Function<String, Values> account) {
        if (!values.text(keys.method).equalsIgnoreCase(MUTUAL)) {
            return List.of();
        }
        Map<Account.Use, List<String>> names = values.list(keys.accounts).stream()
                .filter(name -> !secret(account, name).isEmpty())
                .collect(Collectors.groupingBy(name -> AccountAdministration.use(account.apply(name))));
        // The transport proves itself by the first.
        return names.getOrDefault(Account.Use.OUTGOING, List.of()).stream()
                .limit(1)
                .flatMap(own -> names.getOrDefault(Account.Use.INCOMING, List.of()).stream()
                        .filter(name -> secret(account, name).equals(secret(account, own)))
                        .map(name -> new Twins(name, own)))
                .toList();
    }

    private static String secret(Function<String, Values> account, String name) {
        return account.apply(name).text(AccountAdministration.SECRET);
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
        if (method.equalsIgnoreCase(MUTUAL) && !uses.contains(Account.Use.OUTGOING)) {
            return Optional.of(
                    sayer + ": none of them is for outgoing; add one, which account:create --for outgoing makes.");
        }
        return twins(keys, values, this::account).stream().findFirst().map(twins -> sayer + ": " + twins.sentence());
    }
}
