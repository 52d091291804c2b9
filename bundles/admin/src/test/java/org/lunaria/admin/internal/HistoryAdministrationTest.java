package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference;
import org.lunaria.admin.ConfigurationDifference.Kind;
import org.lunaria.admin.History;
import org.lunaria.admin.Version;

class HistoryAdministrationTest {
    private static final String ACCOUNT = InstanceId.ACCOUNT;

    @TempDir
    private Path home;

    private FakeAppliance appliance;
    private History history;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        history = appliance.history;
    }

    @Test
    void everyChangeMakesAVersionThatSaysWhoAndWhat() {
        history.by("karaf", "target:create t", () -> appliance.targets.create("t"));
        appliance.targets.delete("t");
        assertEquals(
                List.of(
                        new Version(1, Instant.EPOCH, "karaf", "target:create t"),
                        new Version(2, Instant.EPOCH, "appliance", "a change of its own")),
                history.list());
        assertEquals(Configuration.EMPTY, history.get(2));
        assertTrue(history.get(1).values(InstanceId.TARGET, "t").isPresent());
    }

    @Test
    void changeThatIsRefusedOrChangesNothingMakesNone() {
        history.apply(account("one"));
        history.apply(account("one"));
        appliance.runtime.refuse(InstanceId.target("t"), "org.lunaria.settings.InvalidSetting: iqn: there is none.");
        assertThrows(ApplianceException.class, () -> appliance.targets.create("t"));
        assertEquals(1, history.list().size());
    }

    @Test
    void rollbackIsAVersionToo() throws IOException {
        history.apply(account("one"));
        Files.writeString(home.resolve("etc").resolve("org.lunaria.account-a.cfg"), "# mine\nuser = one\n");
        appliance.watch.look();
        history.apply(account("two"));
        ConfigurationDifference seen = history.previewRollback(2);
        assertEquals(seen, history.rollback(2));
        assertEquals(account("one"), history.current());
        assertEquals("# mine\nuser = one\n", appliance.file(InstanceId.account("a")));
        assertEquals("one", appliance.configured(InstanceId.account("a"), "user"));
        assertEquals(
                List.of("appliance", Version.BY_HAND, "appliance", "appliance"),
                history.list().stream().map(Version::who).toList());
        assertTrue(history.rollback(2).isEmpty());
        assertEquals(4, history.list().size());
        history.rollback(3);
        assertEquals(account("two"), history.current());
    }

    @Test
    void versionThatIsNotKeptIsRefused() {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> history.rollback(7));
        assertEquals("version 7 is not kept; appliance:history shows those that are.", refused.getMessage());
    }

    @Test
    void onlySoManyAreKeptAndNumbersGoOnAfterARestart() throws IOException {
        appliance.keep = 3;
        for (String user : List.of("a", "b", "c", "d", "e")) {
            history.apply(account(user));
        }
        assertEquals(List.of(3, 4, 5), numbers(history));
        FakeAppliance next = new FakeAppliance(appliance.home);
        assertEquals(history.list(), next.history.list());
        next.watch.look();
        assertEquals(List.of(3, 4, 5), numbers(next.history));
        next.history.apply(account("f"));
        assertEquals(List.of(3, 4, 5, 6), numbers(next.history));
        assertEquals(account("d"), next.history.get(4));
    }

    @Test
    void onlyTheAppliancesUserReadsThemForTheyHoldSecrets() throws IOException {
        history.apply(account("one"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("history/000001.zip"))));
    }

    @Test
    void differenceOfASecretTellsThatAndNotWhat() {
        Configuration before = Configuration.EMPTY.with(ACCOUNT, "a", Map.of("secret", "abcdefabcdef"));
        Configuration after = Configuration.EMPTY.with(ACCOUNT, "a", Map.of("secret", "ghijklghijkl"));
        String told = ConfigurationDifference.between(before, after).toString()
                + ConfigurationDifference.between(before, Configuration.EMPTY)
                + before
                + after;
        assertFalse(told.contains("abc") || told.contains("ghi"), told);
        assertEquals(
                Kind.CHANGED,
                ConfigurationDifference.between(before, after)
                        .instances()
                        .get(0)
                        .kind());
        assertTrue(ConfigurationDifference.between(before, before).isEmpty());
    }

    @Test
    void damagedVersionIsLeftOutAndTheOthersStay() throws IOException {
        history.apply(account("one"));
        history.apply(account("two"));
        byte[] whole = Files.readAllBytes(home.resolve("history/000001.zip"));
        whole[whole.length / 3] ^= 1;
        Files.write(home.resolve("history/000001.zip"), whole);
        assertThrows(ApplianceException.class, () -> history.rollback(1));
        Files.writeString(home.resolve("history/000001.zip"), "");
        FakeAppliance next = new FakeAppliance(appliance.home);
        assertEquals(List.of(2), numbers(next.history));
        assertEquals(account("two"), next.history.get(2));
    }

    @Test
    void historyThatCannotBeWrittenDoesNotUndoTheChangeAndIsTold() throws IOException {
        Files.createDirectories(home.resolve("history/000001.zip/occupied"));
        history.apply(account("one"));
        assertEquals(account("one"), history.current());
        assertTrue(
                appliance.health.check().troubles().get(1).detail().startsWith("What was changed last cannot be kept"));
        Files.delete(home.resolve("history/000001.zip/occupied"));
        Files.delete(home.resolve("history/000001.zip"));
        history.apply(account("two"));
        assertTrue(appliance.keeper.troubles().isEmpty());
        assertEquals(1, history.list().size());
    }

    private static List<Integer> numbers(History history) {
        return history.list().stream().map(Version::number).toList();
    }

    private static Configuration account(String user) {
        return Configuration.EMPTY.with(ACCOUNT, "a", Map.of("user", user));
    }
}
