package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.Health.Trouble;
import org.lunaria.admin.Version;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class EtcWatchTest {
    private static final String MEMORY = "org.lunaria.backend.memory";
    private static final InstanceId TARGET = InstanceId.target("t");
    private static final String IQN = "iqn = iqn.2026-11.org.lunaria:t\n";
    private static final Configuration DISK = Configuration.EMPTY
            .with(MEMORY, "a", Map.of("backend.id", "a", "sizeBytes", "1048576"))
            .with(InstanceId.UNIT, "a", Map.of("backend.id", "a"))
            .with(InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t", "luns", "0=a"));

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        appliance.history.apply(DISK);
        appliance.watch.look();
    }

    @Test
    void fileThatChangedIsTakenWhenItHasStoppedChanging() throws IOException {
        write(TARGET, IQN + "alias = one\n");
        appliance.watch.look();
        assertEquals(Optional.empty(), alias());
        write(TARGET, IQN + "alias = two\n");
        appliance.watch.look();
        assertEquals(Optional.empty(), alias());
        look();
        assertEquals(Optional.of("two"), alias());
        look();
        assertTold();
        Version version = newest();
        assertEquals(Version.BY_HAND, version.who());
        assertEquals("org.lunaria.target-t.cfg changed", version.what());
        assertEquals(
                "two",
                appliance
                        .history
                        .get(version.number())
                        .values(InstanceId.TARGET, "t")
                        .orElseThrow()
                        .get("alias"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "# nothing but a comment\n",
                "iqn = iqn.2026-11.org.lun",
                "iqn",
                "\uFEFFiqn = iqn.2026-11.org.lunaria:t\nalias = of Windows\n",
                "\u0000\u0001\u0002=x\n"
            })
    void whatIsEmptyOrTornIsToldAndWhatRanGoesOn(String torn) throws IOException {
        int versions = appliance.history.list().size();
        Map<String, Object> ran = appliance.configurations.values(TARGET).orElseThrow();
        write(TARGET, torn);
        look();
        assertEquals(ran, appliance.configurations.values(TARGET).orElseThrow());
        Trouble trouble = appliance.watch.troubles().get(0);
        assertEquals("org.lunaria.target-t.cfg", trouble.name());
        assertTrue(
                trouble.detail().endsWith(" What was there before goes on; mend the file, or appliance:rollback 1."),
                trouble.detail());
        assertEquals(versions, appliance.history.list().size());
        restart();
        look();
        assertEquals(ran, appliance.configurations.values(TARGET).orElseThrow());
        assertEquals(1, appliance.watch.troubles().size());
        assertEquals(1, appliance.history.rollback(1).instances().size());
        assertEquals(DISK, appliance.history.current());
        assertTold();
    }

    @Test
    void tornFileDoesNotReplaceWhatOnlyTheHistoryKnows() throws IOException {
        write(TARGET, "");
        FakeAppliance afterUpgrade = new FakeAppliance(appliance.home);
        afterUpgrade.watch.look();
        assertEquals("0=a", afterUpgrade.configured(TARGET, "luns"));
        assertEquals("a", afterUpgrade.configured(InstanceId.unit("a"), "backend.id"));
        assertEquals(1, afterUpgrade.watch.troubles().size());
    }

    @Test
    void whatItsComponentRefusesIsToldAndWhatRanGoesOn() throws IOException {
        write(TARGET, IQN + "auth = bogus\n");
        look();
        look();
        assertEquals(
                Optional.empty(),
                Optional.ofNullable(
                        appliance.configurations.values(TARGET).orElseThrow().get("auth")));
        assertEquals(
                List.of(new Trouble(
                        "configuration",
                        "org.lunaria.target-t.cfg",
                        "org.lunaria.target~t: bogus. What was there before goes on; mend the file, or"
                                + " appliance:rollback 1.")),
                appliance.watch.troubles());
        write(TARGET, IQN + "auth = none\n");
        look();
        look();
        assertTold();
        assertEquals("none", appliance.configured(TARGET, "auth"));
    }

    @Test
    void fileThatCannotBeReadIsToldAndWhatRanGoesOn() throws IOException {
        Files.delete(file(TARGET));
        Files.createDirectory(file(TARGET));
        look();
        look();
        assertEquals("0=a", appliance.configured(TARGET, "luns"));
        assertTrue(appliance.watch.troubles().get(0).detail().startsWith("It cannot be read"));
        restart();
        assertEquals("0=a", appliance.configured(TARGET, "luns"));
    }

    @Test
    void fileThatIsDeletedTakesItsConfigurationWithIt() throws IOException {
        Files.delete(file(TARGET));
        look();
        assertEquals(Optional.empty(), appliance.configurations.values(TARGET));
        assertEquals("org.lunaria.target-t.cfg removed", newest().what());
        assertEquals(DISK.without(InstanceId.TARGET, "t"), appliance.history.get(2));
        assertTold();
    }

    @Test
    void fileThatIsDeletedAsSoonAsItIsMadeLeavesNothing() throws IOException {
        InstanceId made = InstanceId.target("brief");
        write(made, "iqn = iqn.2026-11.org.lunaria:brief\n");
        appliance.watch.look();
        Files.delete(file(made));
        look();
        look();
        assertEquals(Optional.empty(), appliance.configurations.values(made));
        appliance.configurations.put(made, Map.of("iqn", "iqn.2026-11.org.lunaria:brief"));
        look();
        assertEquals(Optional.empty(), appliance.configurations.values(made));
    }

    @Test
    void targetThatIsMadeAgainHasItsNewValues() throws IOException {
        appliance.targets.create("again");
        appliance.watch.look();
        appliance.targets.set("again", Map.of("alias", "old"));
        appliance.targets.delete("again");
        appliance.targets.create("again");
        look();
        look();
        assertEquals(
                Map.of("iqn", "iqn.2026-11.org.lunaria:again"),
                appliance.configurations.values(InstanceId.target("again")).orElseThrow());
    }

    @Test
    void mostFilesGoneAtOnceIsALossAndNotAWish() throws IOException {
        for (String name : appliance.files()) {
            Files.delete(home.resolve("etc").resolve(name));
        }
        restart();
        look();
        look();
        assertEquals("0=a", appliance.configured(TARGET, "luns"));
        assertEquals(
                "3 of its files are gone. What they said goes on; appliance:rollback 1 brings them back.",
                appliance.watch.troubles().get(0).detail());
        FakeAppliance afterUpgrade = new FakeAppliance(appliance.home);
        afterUpgrade.watch.look();
        assertEquals("0=a", afterUpgrade.configured(TARGET, "luns"));
        assertEquals(3, afterUpgrade.history.rollback(1).instances().size());
        assertEquals(DISK, afterUpgrade.history.current());
        afterUpgrade.watch.look();
        assertEquals(List.of(), afterUpgrade.watch.troubles());
    }

    @Test
    void lossIsOverWhenWhatIsLostIsDeletedByCommands() throws IOException {
        for (String name : appliance.files()) {
            Files.delete(home.resolve("etc").resolve(name));
        }
        look();
        assertEquals(1, appliance.watch.troubles().size());
        appliance.targets.delete("t");
        appliance.volumes.delete("a", false);
        look();
        assertTold();
        assertEquals(Set.of(), appliance.configurationAdmin.properties().keySet());
    }

    @Test
    void backendWhoseStoreIsMissingAtAStartStaysConfigured() throws IOException {
        InstanceId backend = InstanceId.backend("memory", "a");
        appliance.runtime.refuse(backend, "org.lunaria.settings.InvalidSetting: path /x: there is no such file.");
        write(backend, "backend.id = a\nsizeBytes = 2097152\n");
        restart();
        look();
        look();
        assertEquals("2097152", appliance.configured(backend, "sizeBytes"));
        assertTold();
    }

    @Test
    void whatWaitsForABundleIsNotRefused() throws IOException {
        appliance.runtime.set(TARGET, ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        write(TARGET, IQN + "alias = patient\n");
        look();
        assertEquals(Optional.of("patient"), alias());
        assertTold();
    }

    @Test
    void secretOfATornAccountIsNotTold() throws IOException {
        InstanceId account = InstanceId.account("x");
        write(account, "user = u\nsecret = correct horse battery\n");
        look();
        write(account, "user = u\nsecret = correct horse");
        look();
        assertFalse(appliance.watch.troubles().toString().contains("horse"));
        assertEquals("correct horse battery", appliance.configured(account, "secret"));
    }

    private void assertTold(Trouble... troubles) {
        assertEquals(List.of(troubles), appliance.watch.troubles());
    }

    private void look() {
        appliance.watch.look();
        appliance.watch.look();
    }

    private void restart() {
        appliance.watch = appliance.newWatch();
        appliance.watch.look();
    }

    private Version newest() {
        List<Version> versions = appliance.history.list();
        return versions.get(versions.size() - 1);
    }

    private Optional<Object> alias() {
        return Optional.ofNullable(
                appliance.configurations.values(TARGET).orElseThrow().get("alias"));
    }

    private void write(InstanceId id, String text) throws IOException {
        Files.writeString(file(id), text);
    }

    private Path file(InstanceId id) {
        return appliance.home.resolve("etc").resolve(id.fileName());
    }
}
