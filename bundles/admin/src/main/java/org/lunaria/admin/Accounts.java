package org.lunaria.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The accounts of CHAP. */
@ProviderType
public interface Accounts {

    /** Refuses a name with which no account can be made, so that nobody thinks of a secret in vain. */
    void requireFree(String name);

    /**
     * Makes an account.
     *
     * @param secret 12 to 255 bytes, without blanks at its ends
     */
    Account create(String name, String user, Account.Use use, String secret);

    /**
     * Changes an account, also one that is used: logins go by it from now on, and sessions that are there go on. What is not
     * given stays. All of it or nothing is changed.
     *
     * @param secret 12 to 255 bytes, without blanks at its ends
     */
    Account set(String name, Optional<String> user, Optional<String> secret);

    /** The account of a name, which must be there. */
    Account get(String name);

    /** All accounts by name. */
    List<Account> list();

    /** Removes an account that no target and no portal names. */
    void delete(String name);
}
