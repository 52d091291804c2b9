package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.ApplianceException;

class NameRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "disk-1", "a.b_c-d", "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void plainShortNamesPass(String name) {
        assertEquals(name, NameRule.check("volume", name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                ".a",
                "_a",
                "A",
                "a b",
                "a/b",
                "..",
                "a~b",
                "a=b",
                "a,b",
                "a:b",
                "a\n",
                "\u00e4",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void whatCouldLeaveTheFileNameIsRefusedWithTheRule(String name) {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> NameRule.check("volume", name));
        assertTrue(refused.getMessage().startsWith("volume name '" + name + "': give 1 to 64"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "demo, demo, iqn.2026-11.org.lunaria:demo",
        "iqn.2026-11.com.example:disks, disks, iqn.2026-11.com.example:disks",
        "iqn.2026-11.com.example:Rack.1:Disks, rack.1-disks, iqn.2026-11.com.example:rack.1:disks",
        "iqn.2026-11.com.example, iqn.2026-11.com.example, iqn.2026-11.com.example",
        "eui.02004567A425678D, eui.02004567a425678d, eui.02004567a425678d"
    })
    void targetHasANameAndAnIscsiName(String given, String name, String iqn) {
        assertEquals(name, NameRule.targetName(given));
        assertEquals(iqn, NameRule.targetIqn(given));
    }

    @Test
    void underscoreIsNoPartOfAnIscsiName() {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> NameRule.targetIqn("a_b"));
        assertEquals(
                "target name 'a_b': an iSCSI name holds no underscore; give a-z, 0-9, dot and dash.",
                refused.getMessage());
    }

    @Test
    void initiatorIsComparedInLowerCase() {
        assertEquals("iqn.1993-08.org.debian:01:abc", NameRule.initiator("IQN.1993-08.org.debian:01:ABC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!iqn.1993-08.org.debian:a",
                "iqn",
                "iqn.93-08.org:a",
                "iqn.1993-13.org:a",
                "eui.12",
                "naa.xyz",
                "a,b",
                "iqn.1993-08.org:a b"
            })
    void whatIsNoIscsiNameIsRefused(String name) {
        assertThrows(ApplianceException.class, () -> NameRule.initiator(name));
    }
}
