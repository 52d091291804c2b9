package org.lunaria.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingKeyTest {

    @Test
    void whatIsNoNumberIsRefusedByItsKey() {
        SettingKey key = new SettingKey("stripeBytes", "", "65536", List.of(), SettingKey.Type.NUMBER);
        key.check("-4096");
        key.check(" 8192 ");
        refused(key, "abc", "stripeBytes = abc: give a whole number.");
        refused(key, "", "stripeBytes = : give a whole number.");
        refused(key, "64K", "stripeBytes = 64K: give a whole number.");
        refused(key, "12345678901234567890", "stripeBytes = 12345678901234567890: give a whole number.");
    }

    @Test
    void aFlagIsTrueOrFalseAndATextIsAnything() {
        SettingKey key = new SettingKey("create", "", "false", List.of(), SettingKey.Type.FLAG);
        key.check("true");
        key.check("false");
        refused(key, "yes", "create = yes: give true or false.");
        new SettingKey("first", "", "", List.of()).check("anything");
    }

    private static void refused(SettingKey key, String value, String sentence) {
        assertEquals(
                sentence,
                assertThrows(ApplianceException.class, () -> key.check(value)).getMessage());
    }
}
