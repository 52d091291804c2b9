package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.CancelledMove;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Volume;

class VolumeMovesTest {
    private static final String OLD_FILE = "org.lunaria.backend.file-a.cfg";
    private static final String NEW_FILE = "org.lunaria.backend.file-a.2.cfg";
    private static final String UNIT_FILE = "org.lunaria.unit-a.cfg";
    private static final InstanceId UNIT = InstanceId.unit("a");
    private static final NewStore FILE = store("file", Map.of());

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        appliance.volumes.create(
                new NewVolume("a", "file", Optional.of(ByteSize.parse("1M")), Optional.empty(), 512, Map.of()));
    }

    @Test
    void aMigrationMakesAnotherBackendAndHasTheUnitCopyToIt() throws IOException {
        Volume volume = appliance.volumes.migrate("a", FILE, 5);
        assertEquals(Set.of(OLD_FILE, NEW_FILE, UNIT_FILE), appliance.files());
        assertEquals("a", appliance.configured(UNIT, "backend.id"));
        assertEquals("a.2", appliance.configured(UNIT, "copyTo"));
        assertEquals("5", appliance.configured(UNIT, "copyBytesPerSecond"));
        assertEquals("1048576", appliance.configured(InstanceId.backend("file", "a.2"), "sizeBytes"));
        assertEquals(Volume.Copy.State.RUNNING, volume.copy().orElseThrow().state());
        assertEquals(1, appliance.volumes.list().size(), "the other backend is no volume");
    }

    @Test
    void whenTheOtherHasEverythingItTakesOverAndTheFirstIsClosedButItsDataStays() throws IOException {
        Files.createDirectories(data("a").getParent());
        Files.writeString(data("a"), "bytes");
        appliance.volumes.migrate("a", FILE, 0);
        appliance.volumes.finishMoves();
        assertEquals("a", appliance.configured(UNIT, "backend.id"));
        appliance.copies.put("a", "IN_SYNC");
        appliance.volumes.finishMoves();
        assertEquals(Set.of(NEW_FILE, UNIT_FILE), appliance.files());
        assertEquals("a.2", appliance.configured(UNIT, "backend.id"));
        assertTrue(appliance.file(UNIT).contains("backend.id = a.2"));
        assertFalse(appliance.file(UNIT).contains("copy"));
        assertTrue(Files.exists(data("a")));
        Volume volume = appliance.volumes.get("a");
        assertEquals(Volume.State.READY, volume.state());
        assertEquals(data("a.2").toString(), volume.backend().get("path"));
    }

    @Test
    void aBackendThatDoesNotTakeOverLeavesEverythingAsItWas() throws IOException {
        appliance.volumes.migrate("a", FILE, 0);
        appliance.copies.put("a", "IN_SYNC");
        appliance.stuck.put("a", "a");
        assertThrows(ApplianceException.class, appliance.volumes::finishMoves);
        assertEquals("a", appliance.configured(UNIT, "backend.id"));
        assertTrue(appliance.file(UNIT).contains("copyTo = a.2"));
        assertEquals(Set.of(OLD_FILE, NEW_FILE, UNIT_FILE), appliance.files());
    }

    @Test
    void whereItIsNotSureWhichBackendServesTheFileNamesTheOneThatHasEverything() throws IOException {
        appliance.volumes.migrate("a", FILE, 0);
        appliance.copies.put("a", "IN_SYNC");
        appliance.stuck.put("a", "who knows");
        assertThrows(ApplianceException.class, appliance.volumes::finishMoves);
        assertTrue(appliance.file(UNIT).contains("backend.id = a.2"));
        assertEquals(Set.of(OLD_FILE, NEW_FILE, UNIT_FILE), appliance.files());
    }

    @Test
    void aMigrationThatTheUnitRefusesLeavesNothing() throws IOException {
        appliance.copies.put("a", "FAILED");
        assertEquals("so it is.", refusal(() -> appliance.volumes.migrate("a", FILE, 0)));
        assertEquals(Set.of(OLD_FILE, UNIT_FILE), appliance.files());
        assertEquals(Optional.empty(), appliance.configurations.values(InstanceId.backend("file", "a.2")));
        assertFalse(appliance.file(UNIT).contains("copyTo"));
    }

    @Test
    void aCancelledMoveEndsTheOtherBackendAndItsFileOfOurs() throws IOException {
        appliance.volumes.migrate("a", FILE, 0);
        Files.createDirectories(data("a.2").getParent());
        Files.writeString(data("a.2"), "half");
        CancelledMove cancelled = appliance.volumes.cancelMove("a");
        assertEquals(Optional.empty(), cancelled.volume().copy());
        assertEquals("", cancelled.keptPath());
        assertEquals(Set.of(OLD_FILE, UNIT_FILE), appliance.files());
        assertFalse(Files.exists(data("a.2")));
        assertTrue(refusal(() -> appliance.volumes.cancelMove("a")).contains("is not being moved"));
    }

    @Test
    void aCancelledMoveTellsOfAFileThatIsNotInOurFolder() throws IOException {
        Path elsewhere = home.toRealPath().resolve("elsewhere.img");
        appliance.volumes.migrate("a", file(elsewhere, Map.of()), 0);
        Files.writeString(elsewhere, "half");
        assertEquals(elsewhere.toString(), appliance.volumes.cancelMove("a").keptPath());
        assertTrue(Files.exists(elsewhere));
    }

    @Test
    void aCancelledMoveLeavesAFileThatWasThereBeforeInOurFolderToo() throws IOException {
        Files.createDirectories(data("old").getParent());
        Files.writeString(data("old"), "bytes");
        appliance.volumes.migrate("a", file(data("old"), Map.of("create", "false")), 0);
        assertEquals(data("old").toString(), appliance.volumes.cancelMove("a").keptPath());
        assertTrue(Files.exists(data("old")));
    }

    @Test
    void aVolumeThatIsDeletedAmidAMoveLeavesNoHalfCopy() throws IOException {
        appliance.volumes.migrate("a", FILE, 0);
        Files.createDirectories(data("a.2").getParent());
        Files.writeString(data("a"), "bytes");
        Files.writeString(data("a.2"), "half");
        assertEquals(new DeletedVolume("a", data("a").toString(), ""), appliance.volumes.delete("a", false));
        assertEquals(Set.of(), appliance.files());
        assertTrue(Files.exists(data("a")));
        assertFalse(Files.exists(data("a.2")));
    }

    @Test
    void aVolumeThatIsDeletedAmidAMoveTellsOfACopyThatIsNotInOurFolder() throws IOException {
        Path elsewhere = home.toRealPath().resolve("elsewhere.img");
        appliance.volumes.migrate("a", file(elsewhere, Map.of()), 0);
        Files.writeString(elsewhere, "half");
        assertEquals(new DeletedVolume("a", "", elsewhere.toString()), appliance.volumes.delete("a", true));
        assertTrue(Files.exists(elsewhere));
    }

    private static NewStore file(Path path, Map<String, String> settings) {
        return new NewStore("file", Optional.empty(), Optional.of(path.toString()), settings);
    }

    @Test
    void aSecondMoveIsRefusedWhileOneIsUnderWay() {
        appliance.volumes.migrate("a", FILE, 0);
        assertTrue(refusal(() -> appliance.volumes.migrate("a", FILE, 0)).contains("is being moved already"));
    }

    @Test
    void aSwapComparesAStoreThatIsThereAndMakesNone() throws IOException {
        Path there = Files.writeString(home.resolve("there.img"), "bytes").toRealPath();
        appliance.volumes.swap(
                "a", new NewStore("file", Optional.empty(), Optional.of(there.toString()), Map.of()), false);
        assertEquals("COMPARE", appliance.configured(UNIT, "copyMode"));
        assertFalse(appliance
                .configurations
                .values(InstanceId.backend("file", "a.2"))
                .orElseThrow()
                .containsKey("create"));
        appliance.volumes.cancelMove("a");
        assertTrue(Files.exists(there));
    }

    @Test
    void anUncheckedSwapTakesTheStoreAtOnce() throws IOException {
        Path there = Files.writeString(home.resolve("there.img"), "bytes").toRealPath();
        appliance.volumes.swap(
                "a", new NewStore("file", Optional.empty(), Optional.of(there.toString()), Map.of()), true);
        assertEquals(Set.of(NEW_FILE, UNIT_FILE), appliance.files());
        assertEquals(there.toString(), appliance.volumes.get("a").backend().get("path"));
    }

    @Test
    void keysOfTheUnitAreNoneOfAStore() {
        assertTrue(refusal(() -> appliance.volumes.migrate("a", store("file", Map.of("vendor", "X")), 0))
                .startsWith("key 'vendor': a store of kind file takes"));
    }

    @Test
    void aVolumeInTheMiddleOfAMoveIsDeletedWithBothBackends() throws IOException {
        appliance.volumes.migrate("a", FILE, 0);
        appliance.volumes.delete("a", false);
        assertEquals(Set.of(), appliance.files());
    }

    @Test
    void theNameOfADataFileThatIsLeftIsNotTakenAgain() throws IOException {
        Files.createDirectories(data("a.2").getParent());
        Files.writeString(data("a.2"), "of an earlier move");
        appliance.volumes.migrate("a", FILE, 0);
        assertEquals("a.3", appliance.configured(UNIT, "copyTo"));
    }

    @Test
    void aMoveThatDoesNotGoOnIsATrouble() {
        appliance.volumes.migrate("a", FILE, 0);
        appliance.copies.put("a", "FAILED");
        assertTrue(appliance
                .health
                .check()
                .troubles()
                .toString()
                .contains("Its move to another store does not go on: so it is."));
    }

    private Path data(String name) {
        return appliance.home.resolve("data/volumes/" + name + ".img");
    }

    private static NewStore store(String kind, Map<String, String> settings) {
        return new NewStore(kind, Optional.empty(), Optional.empty(), settings);
    }

    private static String refusal(Runnable action) {
        return assertThrows(ApplianceException.class, action::run).getMessage();
    }
}
