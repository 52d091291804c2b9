package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Account;
import org.lunaria.settings.InvalidSetting;

class AccountSettingsTest {
    @Test
    void anAccountIsIncomingUnlessItSaysOtherwise() {
        assertEquals(Account.Use.INCOMING, read(Map.of()).use());
        assertEquals(Account.Use.OUTGOING, read(Map.of("for", "outgoing")).use());
        assertEquals("account a (user host)", read(Map.of()).toString());
    }

    @Test
    void aSecretThatCannotBeIsNotTold() {
        refused("org.lunaria.account a: secret has 5 bytes: give 12 to 255.", Map.of("secret", "short"));
        refused("org.lunaria.account a: secret has 256 bytes: give 12 to 255.", Map.of("secret", "x".repeat(256)));
        refused(
                "org.lunaria.account a: user is not set: give a name of at most 255 bytes without control characters.",
                Map.of("user", ""));
        refused("org.lunaria.account a: for = both: give one of INCOMING, OUTGOING.", Map.of("for", "both"));
    }

    private static void refused(String sentence, Map<String, Object> changes) {
        assertEquals(
                sentence,
                assertThrows(InvalidSetting.class, () -> read(changes)).getMessage());
    }

    private static Account read(Map<String, Object> changes) {
        Map<String, Object> properties = new HashMap<>(
                Map.of("service.pid", "org.lunaria.account~a", "user", "host", "secret", "correct horse battery"));
        properties.putAll(changes);
        return AccountSettings.read(properties);
    }
}
