package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.ConfigurationDifference.Kind;

class WholeConfigurationTest {
    private static final String MEMORY = "org.lunaria.backend.memory";

    private static final Configuration DISK = Configuration.EMPTY
            .with(MEMORY, "a", Map.of("backend.id", "a", "sizeBytes", "1048576"))
            .with(InstanceId.UNIT, "a", Map.of("backend.id", "a", "serial", "1"))
            .with(InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t", "luns", "0=a"));

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
    }

    @Test
    void configurationThatIsAppliedIsTheCurrentOne() throws IOException {
        assertEquals(Configuration.EMPTY, appliance.history.current());
        List<String> steps = new ArrayList<>();
        assertEquals(
                3,
                appliance
                        .history
                        .apply(DISK, (done, all) -> steps.add(done + "/" + all))
                        .instances()
                        .size());
        assertEquals(List.of("1/3", "2/3", "3/3"), steps);
        assertEquals(DISK, appliance.history.current());
        assertEquals("1", appliance.configured(InstanceId.unit("a"), "serial"));
        assertEquals(
                Set.of("org.lunaria.backend.memory-a.cfg", "org.lunaria.unit-a.cfg", "org.lunaria.target-t.cfg"),
                appliance.files());
        assertTrue(appliance.history.apply(DISK).isEmpty());
    }

    @Test
    void everythingGoesWhenNothingIsWanted() throws IOException {
        appliance.history.apply(DISK);
        assertEquals(
                Set.of(Kind.REMOVED),
                new TreeSet<>(appliance.history.apply(Configuration.EMPTY).instances().stream()
                        .map(instance -> instance.kind())
                        .toList()));
        assertEquals(Set.of(), appliance.files());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void previewTellsAndChangesNothing() throws IOException {
        assertEquals(3, appliance.history.preview(DISK).instances().size());
        assertEquals(Set.of(), appliance.files());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void filesThatStayTheSameAreNotWritten() throws IOException {
        appliance.history.apply(DISK);
        Path unit = appliance.home.resolve("etc").resolve("org.lunaria.unit-a.cfg");
        Files.writeString(unit, "# mine\nserial=1\nbackend.id=a\n");
        Object before = Files.readAttributes(unit, "unix:ino,lastModifiedTime");
        appliance.history.apply(DISK.with(InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t")));
        assertEquals(before, Files.readAttributes(unit, "unix:ino,lastModifiedTime"));
        assertEquals("iqn = iqn.2026-11.org.lunaria:t\n", appliance.file(InstanceId.target("t")));
    }

    @Test
    void commentsOfAFileThatChangesStay() throws IOException {
        appliance.history.apply(DISK);
        Files.writeString(
                appliance.home.resolve("etc").resolve("org.lunaria.unit-a.cfg"), "# mine\nserial=1\nbackend.id=a\n");
        appliance.history.apply(
                DISK.with(InstanceId.UNIT, "a", Map.of("backend.id", "a", "serial", "1", "readOnly", "true")));
        assertEquals("# mine\nserial=1\nbackend.id=a\nreadOnly = true\n", appliance.file(InstanceId.unit("a")));
    }

    @Test
    void refusedPartUndoesTheWholeAndSaysWhichFile() throws IOException {
        appliance.history.apply(DISK);
        Map<String, ?> before = appliance.configurationAdmin.properties();
        appliance.runtime.refuse(
                InstanceId.unit("b"), "org.lunaria.settings.InvalidSetting: serial '?': give letters or digits.");
        Configuration wanted = DISK.without(InstanceId.TARGET, "t")
                .with(MEMORY, "c", Map.of("backend.id", "c", "sizeBytes", "2097152"))
                .with(InstanceId.UNIT, "b", Map.of("backend.id", "a", "serial", "?"));
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.history.apply(wanted));
        assertEquals(
                "org.lunaria.unit-b.cfg: serial '?': give letters or digits. Nothing was changed.",
                refused.getMessage());
        assertEquals(DISK, appliance.history.current());
        assertEquals(before, appliance.configurationAdmin.properties());
    }

    @Test
    void verdictOfTheTransportRefusesToo() {
        appliance.history.apply(DISK);
        ApplianceException refused = assertThrows(
                ApplianceException.class,
                () -> appliance.history.apply(DISK.with(
                        InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t", "auth", "bogus"))));
        assertTrue(refused.getMessage().startsWith("org.lunaria.target-t.cfg: "), refused.getMessage());
        assertEquals(DISK, appliance.history.current());
    }

    @Test
    void singletonIsOneInstanceWithoutAName() throws IOException {
        Files.writeString(appliance.home.resolve("etc").resolve("org.lunaria.isns.cfg"), "servers = \n");
        Configuration current = appliance.history.current();
        assertEquals(
                Map.of("servers", ""), current.values("org.lunaria.isns", "").orElseThrow());
        assertTrue(appliance.history.apply(current).isEmpty());
    }

    @Test
    void whatIsResolvedWhenItIsReadStaysAsItStands() throws IOException {
        String path = "${karaf.data}/volumes/\\{x\\}.img";
        appliance.history.apply(Configuration.EMPTY.with(
                "org.lunaria.backend.file", "a", Map.of("backend.id", "a", "path", path, "create", "true")));
        assertEquals(
                appliance.home.resolve("data/volumes/{x}.img").toString(),
                appliance.configured(InstanceId.backend("file", "a"), "path"));
        SortedMap<String, String> kept = new TreeMap<>(Map.of("backend.id", "a", "path", path));
        assertEquals(
                kept,
                appliance
                        .history
                        .current()
                        .values("org.lunaria.backend.file", "a")
                        .orElseThrow());
        assertEquals("a", appliance.configured(InstanceId.backend("file", "a"), "backend.id"));
        assertFalse(appliance
                .configurations
                .values(InstanceId.backend("file", "a"))
                .orElseThrow()
                .containsKey("create"));
    }

    @Test
    void nameThatLeavesTheFolderIsRefused() {
        for (String name : new String[] {"../x", "a/b", "a b", "a~b"}) {
            ApplianceException refused = assertThrows(
                    ApplianceException.class,
                    () -> appliance.history.apply(Configuration.EMPTY.with(InstanceId.UNIT, name, Map.of())));
            assertTrue(refused.getMessage().contains("cannot be a configuration"), refused.getMessage());
        }
        for (String pid : new String[] {"org.apache.karaf.shell", "org.lunaria.unit-x", ""}) {
            assertThrows(
                    ApplianceException.class,
                    () -> appliance.history.apply(Configuration.EMPTY.with(pid, "a", Map.of())));
        }
    }

    @Test
    void volumeThatStaysKeepsItsStore() {
        String file = "org.lunaria.backend.file";
        Configuration before = DISK.without(MEMORY, "a")
                .with(file, "a", Map.of("backend.id", "a", "path", "/v/a", "sizeBytes", "1048576"));
        Configuration moved = before.without(file, "a")
                .with(file, "a.2", Map.of("backend.id", "a.2", "path", "/v/a.2", "sizeBytes", "1048576"))
                .with(InstanceId.UNIT, "a", Map.of("backend.id", "a.2", "serial", "1"));
        appliance.history.apply(moved);
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.history.apply(before));
        assertEquals(
                "org.lunaria.unit-a.cfg: volume a would have another store, without the bytes that it has now ({kind=file,"
                        + " path=/v/a} instead of {kind=file, path=/v/a.2}); see volume:migrate and volume:swap, or leave"
                        + " that volume as it is. Nothing was changed.",
                refused.getMessage());
        assertEquals(moved, appliance.history.current());
        assertEquals(
                refused.getMessage(),
                assertThrows(ApplianceException.class, () -> appliance.history.preview(before))
                        .getMessage());
        appliance.history.apply(moved.with(
                file, "a.2", Map.of("backend.id", "a.2", "path", "/v/a.2", "sizeBytes", "1048576", "direct", "true")));
        appliance.history.apply(Configuration.EMPTY);
        appliance.history.apply(before);
    }

    private static final String TWINS =
            "target t: in and out must not have the same secret, or logins in which the target is to prove itself fail;"
                    + " give one of them another.";

    /** One secret for both directions of CHAP, by which no login with both succeeds. */
    private static final Configuration ALIKE = Configuration.EMPTY
            .with(InstanceId.ACCOUNT, "in", Map.of("user", "host", "secret", "of both directions"))
            .with(InstanceId.ACCOUNT, "out", Map.of("user", "array", "for", "outgoing", "secret", "of both directions"))
            .with(
                    InstanceId.TARGET,
                    "t",
                    Map.of("iqn", "iqn.2026-11.org.lunaria:t", "auth", "mutual", "accounts", "in,out"));

    @Test
    void oneSecretForBothDirectionsIsRefusedBeforeAnythingIsTried() {
        appliance.history.apply(DISK);
        int before = appliance.history.list().size();
        assertEquals(TWINS + " Nothing was changed.", refusal(() -> appliance.history.preview(ALIKE)));
        assertEquals(TWINS + " Nothing was changed.", refusal(() -> appliance.history.apply(ALIKE)));
        assertEquals(DISK, appliance.history.current());
        assertEquals(before, appliance.history.list().size());
    }

    @Test
    void whatWasWrongBeforeIsInNobodysWay() throws IOException {
        writeAlike();
        Configuration more =
                appliance.history.current().with(InstanceId.TARGET, "u", Map.of("iqn", "iqn.2026-11.org.x:u"));
        assertEquals(1, appliance.history.preview(more).instances().size());
        appliance.history.apply(more);
        assertEquals(more, appliance.history.current());
    }

    @Test
    void rollbackIsTheWayBackWhateverWasWrongThereAndSaysSo() throws IOException {
        writeAlike();
        int version = appliance.history.list().size();
        assertEquals(List.of(), appliance.history.remarks(version));
        appliance.history.apply(DISK);
        assertEquals(List.of(TWINS), appliance.history.remarks(version));
        appliance.history.rollback(version);
        assertEquals(ALIKE, appliance.history.current());
    }

    /** By hand, which nobody can refuse. */
    private void writeAlike() throws IOException {
        for (InstanceId id : List.of(InstanceId.account("in"), InstanceId.account("out"), InstanceId.target("t"))) {
            StringBuilder text = new StringBuilder();
            ALIKE.values(id.factoryPid(), id.name())
                    .orElseThrow()
                    .forEach((key, raw) ->
                            text.append(key).append(" = ").append(raw).append('\n'));
            Files.writeString(appliance.home.resolve("etc").resolve(id.fileName()), text);
        }
        appliance.watch.look();
        assertEquals(ALIKE, appliance.history.current());
    }

    private static String refusal(Executable change) {
        return assertThrows(ApplianceException.class, change).getMessage();
    }

    @Test
    void storeInMemoryIsNotExchangedForAnEmptyOne() {
        appliance.history.apply(DISK);
        assertThrows(
                ApplianceException.class,
                () -> appliance.history.apply(
                        DISK.with(MEMORY, "a", Map.of("backend.id", "a", "sizeBytes", "2097152"))));
        assertEquals(DISK, appliance.history.current());
    }
}
