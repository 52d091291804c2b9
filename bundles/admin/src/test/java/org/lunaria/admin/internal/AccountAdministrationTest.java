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
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
    void aSecretIsChangedWhileATargetUsesIt() throws IOException {
        InstanceId id = InstanceId.account("a");
        appliance.accounts.create("a", "host", Account.Use.OUTGOING, SECRET);
        appliance.accounts.create("in", "host", Account.Use.INCOMING, SECRET + "s");
        appliance.targets.create("t");
        appliance.targets.set("t", Map.of("auth", "mutual", "accounts", "in,a"));
        String other = SECRET + " since yesterday";
        Account changed = appliance.accounts.set("a", Optional.empty(), Optional.of(other));
        assertEquals(new Account("a", "host", Account.Use.OUTGOING, true, "", List.of("target t")), changed);
        assertEquals(other, appliance.configured(id, "secret"));
        assertEquals(other, appliance.changes.textOf(id).values().get("secret"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("etc").resolve(id.fileName()))));
        assertFalse(changed.toString().contains(SECRET));
    }

    @Test
    void theTwoDirectionsOfALoginHaveTwoSecrets() throws IOException {
        String sentence =
                "in and out must not have the same secret, or logins in which the target is to prove itself fail;"
                        + " give one of them another.";
        appliance.accounts.create("in", "host", Account.Use.INCOMING, SECRET);
        appliance.accounts.create("out", "array", Account.Use.OUTGOING, SECRET);
        appliance.targets.create("t");
        assertEquals(
                "target t: auth = mutual, accounts = in,out: " + sentence,
                refusal(Map.of("auth", "mutual", "accounts", "in,out")));
        appliance.accounts.set("out", Optional.empty(), Optional.of("another secret"));
        appliance.targets.set("t", Map.of("auth", "mutual", "accounts", "in,out"));
        String file = appliance.file(InstanceId.account("in"));
        assertEquals(
                "target t: " + sentence,
                refusalOf(() -> appliance.accounts.set("in", Optional.empty(), Optional.of("another secret"))));
        assertEquals(
                "target t: " + sentence,
                refusalOf(() -> appliance.accounts.set("out", Optional.empty(), Optional.of(SECRET))));
        assertEquals(file, appliance.file(InstanceId.account("in")));
        // One direction alone may have what another target's other direction has.
        appliance.targets.set("t", Map.of("auth", "chap", "accounts", "in"));
        appliance.accounts.set("in", Optional.empty(), Optional.of("another secret"));
        appliance.configurations.put(
                InstanceId.target("t"),
                Map.of("iqn", "iqn.2026-11.org.lunaria:t", "auth", "MUTUAL", "accounts", "in,out"));
        assertTrue(appliance.health.check().troubles().stream()
                .anyMatch(trouble -> trouble.detail().equals("auth = MUTUAL, accounts = in,out: " + sentence)));
    }

    @Test
    void aUserIsChangedAloneOrWithTheSecret() {
        InstanceId id = InstanceId.account("a");
        appliance.accounts.create("a", "host", Account.Use.INCOMING, SECRET);
        assertEquals(
                "guest",
                appliance
                        .accounts
                        .set("a", Optional.of("guest"), Optional.empty())
                        .user());
        assertEquals(SECRET, appliance.configured(id, "secret"));
        int before = appliance.versions.list().size();
        appliance.accounts.set("a", Optional.of("lodger"), Optional.of("another secret"));
        assertEquals("lodger", appliance.configured(id, "user"));
        assertEquals("another secret", appliance.configured(id, "secret"));
        assertEquals(before + 1, appliance.versions.list().size(), "both are one change");
    }

    @Test
    void aChangeThatCannotBeLeavesTheAccountAsItWas() throws IOException {
        InstanceId id = InstanceId.account("a");
        appliance.accounts.create("a", "host", Account.Use.INCOMING, SECRET);
        String file = appliance.file(id);
        assertEquals(
                "account 'b' does not exist; account:list shows those that do.",
                refusalOf(() -> appliance.accounts.set("b", Optional.of("x"), Optional.of(SECRET))));
        assertEquals(
                "secret of 5 bytes: give 12 to 255, without control characters and without blanks at its ends.",
                refusalOf(() -> appliance.accounts.set("a", Optional.of("x"), Optional.of("short"))));
        assertEquals(
                "org.lunaria.account~a: bogus.",
                refusalOf(() -> appliance.accounts.set("a", Optional.of("bogus"), Optional.of("another secret"))));
        assertEquals(file, appliance.file(id));
        assertEquals("host", appliance.configured(id, "user"));
        assertEquals(SECRET, appliance.configured(id, "secret"));
    }

    private static String refusalOf(Executable change) {
        return assertThrows(ApplianceException.class, change).getMessage();
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
    void accountsByWhichNobodyCouldLogInAreRefused() throws IOException {
        appliance.targets.create("t");
        appliance.portals.create("p", "127.0.0.1", 3260, 1);
        appliance.accounts.create("in", "host", Account.Use.INCOMING, SECRET);
        appliance.accounts.create("out", "array", Account.Use.OUTGOING, "another secret");
        assertEquals(
                "target t: accounts = in,nobody: there is no account nobody; account:create makes one, and account:list"
                        + " shows those there are.",
                refusal(Map.of("auth", "chap", "accounts", "in,nobody")));
        assertEquals(
                "target t: auth = mutual, accounts = out: none of them is for incoming, so nobody can log in; add one.",
                refusal(Map.of("auth", "mutual", "accounts", "out")));
        assertEquals(
                "target t: auth = mutual, accounts = in: none of them is for outgoing; add one, which account:create"
                        + " --for outgoing makes.",
                refusal(Map.of("auth", "mutual", "accounts", "in")));
        assertFalse(appliance.file(InstanceId.target("t")).contains("auth"));
        appliance.targets.set("t", Map.of("auth", "mutual", "accounts", "in,out"));
        ApplianceException refused = assertThrows(
                ApplianceException.class,
                () -> appliance.portals.set("p", Map.of("discoveryAuth", "chap", "discoveryAccounts", "nobody")));
        assertTrue(refused.getMessage().startsWith("portal p: discoveryAccounts = nobody: "), refused.getMessage());
    }

    @Test
    void accountsThatFilesNameAndNobodyHasAreATrouble() {
        appliance.targets.create("t");
        assertEquals(
                List.of(),
                appliance.health.check().troubles().stream()
                        .filter(trouble -> trouble.subject().equals("target"))
                        .toList());
        appliance.configurations.put(
                InstanceId.target("t"), Map.of("iqn", "iqn.2026-11.org.lunaria:t", "auth", "CHAP", "accounts", "gone"));
        assertTrue(appliance.health.check().troubles().stream()
                .anyMatch(trouble -> trouble.name().equals("t")
                        && trouble.detail().startsWith("accounts = gone: there is no account gone; ")));
        // Who changes something else is not hindered.
        appliance.targets.set("t", Map.of("alias", "other"));
    }

    private String refusal(Map<String, String> settings) {
        return assertThrows(ApplianceException.class, () -> appliance.targets.set("t", settings))
                .getMessage();
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
