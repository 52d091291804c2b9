package org.lunaria.iscsi.internal.component;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.lunaria.iscsi.internal.node.Account;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

/** Reads the configuration of an account, or says in one sentence why it cannot be taken. Stateless. */
final class AccountSettings {
    static final String FACTORY_PID = "org.lunaria.account";

    private AccountSettings() {}

    /** @throws InvalidSetting when a key or a value cannot be taken; it does not tell the secret */
    static Account read(Map<String, ?> properties) {
        Settings settings = new Settings(FACTORY_PID, properties, AccountConfig.class);
        return new Account(
                settings.name(), user(settings), secret(settings), settings.choice("for", Account.Use.class));
    }

    private static String user(Settings settings) {
        String hint = "give a name of at most " + Account.USER_BYTES_MAX + " bytes without control characters";
        String user = settings.requiredText("user", hint);
        if (bytes(user) > Account.USER_BYTES_MAX || user.chars().anyMatch(Character::isISOControl)) {
            throw settings.invalid("user", hint);
        }
        return user;
    }

    private static String secret(Settings settings) {
        String secret = settings.text("secret");
        if (bytes(secret) < Account.SECRET_BYTES_MIN || bytes(secret) > Account.SECRET_BYTES_MAX) {
            throw new InvalidSetting(settings + ": secret has " + bytes(secret) + " bytes: give "
                    + Account.SECRET_BYTES_MIN + " to " + Account.SECRET_BYTES_MAX + ".");
        }
        return secret;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
