package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.Account;
import org.lunaria.admin.ApplianceException;

class AccountAdministrationTest {
    private static final String SECRET = "${secret}\\ of a h{o}st";

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
    }

    @Test
    void anAccountIsAFileThatOnlyItsOwnerReads() throws IOException {
        Account account = appliance.accounts.create("a", "host", Account.Use.OUTGOING, SECRET);
        assertEquals(new Account("a", "host", Account.Use.OUTGOING, true, "", List.of()), account);
        Path file = home.resolve("etc").resolve(InstanceId.account("a").fileName());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(SECRET, appliance.configured(InstanceId.account("a"), "secret"));
        assertFalse(account.toString().contains(SECRET));
    }

    @Test
    void aSecretIsNeverTold() {
        for (String secret : List.of("short", "x".repeat(256), " blanks at the ends ", "a line\nand another")) {
            ApplianceException refused = assertThrows(
                    ApplianceException.class,
                    () -> appliance.accounts.create("a", "host", Account.Use.INCOMING, secret));
            assertFalse(refused.getMessage().contains(secret), refused.getMessage());
            assertTrue(refused.getMessage().contains("12 to 255"), refused.getMessage());
        }
        assertEquals(List.of(), appliance.accounts.list());
    }

    @Test
    void aSecondAccountOfTheSameNameIsRefused() {
        appliance.accounts.create("a", "host", Account.Use.INCOMING, SECRET);
        ApplianceException refused = assertThrows(
                ApplianceException.class, () -> appliance.accounts.create("a", "b", Account.Use.INCOMING, SECRET));
        assertEquals("account 'a' exists already; choose another name.", refused.getMessage());
    }

    @Test
    void anAccountInUseStays() throws IOException {
        appliance.accounts.create("a", "host", Account.Use.INCOMING, SECRET);
        appliance.targets.create("t");
        appliance.targets.set("t", Map.of("auth", "chap", "accounts", "a"));
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.accounts.delete("a"));
        assertEquals("account a is used by target t; take it out of their accounts first.", refused.getMessage());
        appliance.targets.set("t", Map.of("auth", "none", "accounts", ""));
        appliance.accounts.delete("a");
        assertEquals(List.of(), appliance.accounts.list());
        assertFalse(appliance.files().contains(InstanceId.account("a").fileName()));
    }

    @Test
    void whatTheTransportRefusesIsNotSet() throws IOException {
        appliance.targets.create("t");
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.targets.set("t", Map.of("auth", "bogus")));
        assertEquals("org.lunaria.target~t: bogus.", refused.getMessage());
        assertFalse(appliance.file(InstanceId.target("t")).contains("bogus"));
        assertEquals("none", appliance.targets.get("t").auth());
        refused = assertThrows(
                ApplianceException.class, () -> appliance.targets.set("t", Map.of("iqn", "iqn.2026-11.org.x")));
        assertEquals("key 'iqn': target t takes auth, accounts, alias, maxBurstLength.", refused.getMessage());
    }

    @Test
    void aRefusedEditIsATrouble() {
        appliance.transport.refusals.add("org.lunaria.target t: auth = bogus: give one of NONE, CHAP, MUTUAL.");
        assertTrue(appliance.health.check().troubles().stream()
                .anyMatch(trouble -> trouble.detail().contains("auth = bogus")));
    }
}
