package org.lunaria.iscsi.internal.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of this node by the names of their configurations. Thread-safe. */
public final class AccountDirectory {
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** Adds an account, or takes the place of the one of the same name. Logins from now on go by it. */
    public void put(Account account) {
        accounts.put(account.name(), account);
    }

    /** Takes an account away, unless another has taken its place. */
    public void remove(Account account) {
        accounts.remove(account.name(), account);
    }

    /** Those of a list that are there, for one use, in the order of the list. */
    public List<Account> find(List<String> names, Account.Use use) {
        return names.stream()
                .map(name -> Optional.ofNullable(accounts.get(name)))
                .flatMap(Optional::stream)
                .filter(account -> account.use() == use)
                .toList();
    }
}
