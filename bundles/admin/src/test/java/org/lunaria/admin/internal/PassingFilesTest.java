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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;

/** Files with the bytes of volumes, when the process dies while they are made or deleted. */
class PassingFilesTest {
    private static final NewStore FILE = new NewStore("file", Optional.empty(), Optional.empty(), Map.of());

    @TempDir
    private Path folder;

    private Path home;

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    @BeforeEach
    void resolve() throws IOException {
        home = folder.toRealPath();
    }

    @Test
    void whatNoConfigurationNamesIsDeletedAtTheNextStart() throws IOException {
        FakeAppliance appliance = appliance(home);
        note(appliance, List.of(data(home, "b"), data(home, "a")));
        Files.writeString(data(home, "b"), "empty");
        Files.writeString(DataFolder.journal(data(home, "b")), "journal");
        restarted(home);
        assertFalse(Files.exists(data(home, "b")));
        assertFalse(Files.exists(DataFolder.journal(data(home, "b"))));
        assertTrue(Files.exists(data(home, "a")), "volume a has it");
        assertFalse(noted(home));
    }

    @Test
    void whatLiesElsewhereIsNeverDeleted() throws IOException {
        Path elsewhere = Files.writeString(home.resolve("elsewhere.img"), "bytes");
        note(appliance(home), List.of(elsewhere));
        restarted(home);
        assertTrue(Files.exists(elsewhere));
        assertFalse(noted(home));
    }

    @Test
    void whatBelongsToATornConfigurationIsKept() throws IOException {
        note(appliance(home), List.of(data(home, "a")));
        Files.write(home.resolve("etc/org.lunaria.backend.file-a.cfg"), new byte[0]);
        restarted(home);
        assertTrue(Files.exists(data(home, "a")));
    }

    @Test
    void whatIsLeftOnPurposeIsKeptWhateverWasNotedBefore() throws IOException {
        FakeAppliance appliance = appliance(home);
        note(appliance, List.of(data(home, "a"))).close();
        Files.writeString(home.resolve("history").resolve(PassingFiles.FILE), data(home, "a") + "\n");
        appliance.volumes.delete("a", false);
        restarted(home);
        assertTrue(Files.exists(data(home, "a")));
    }

    @Test
    void aChangeThatEndsLeavesNoNote() throws IOException {
        FakeAppliance appliance = appliance(home);
        appliance.volumes.migrate("a", FILE, 0);
        assertFalse(noted(home));
        appliance.volumes.cancelMove("a");
        assertFalse(noted(home));
        appliance.volumes.delete("a", true);
        assertFalse(noted(home));
    }

    @Test
    void aCancelledMoveLeavesNoFileThatNobodyNamesWheneverTheProcessDies() throws IOException {
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path at = Files.createDirectories(home.resolve("cancel-" + steps));
            appliance(at).volumes.migrate("a", FILE, 0);
            Files.writeString(data(at, "a.2"), "half");
            FakeAppliance mortal = FakeAppliance.started(at, dyingAfter(steps));
            died = dies(() -> mortal.volumes.cancelMove("a"));
            assertNothingLeft(at, "after " + steps + " steps");
        }
    }

    @Test
    void norDoesAMoveThatBegins() throws IOException {
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path at = Files.createDirectories(home.resolve("begin-" + steps));
            appliance(at);
            FakeAppliance mortal = FakeAppliance.started(at, dyingAfter(steps));
            died = dies(() -> mortal.volumes.migrate("a", FILE, 0));
            if (noted(at) || Files.exists(at.resolve("etc/org.lunaria.backend.file-a.2.cfg"))) {
                // Its backend may have made it.
                Files.writeString(data(at, "a.2"), "empty");
            }
            assertNothingLeft(at, "after " + steps + " steps");
        }
    }

    @Test
    void norDoesAVolumeThatIsPurged() throws IOException {
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path at = Files.createDirectories(home.resolve("purge-" + steps));
            appliance(at);
            FakeAppliance mortal = FakeAppliance.started(at, dyingAfter(steps));
            died = dies(() -> mortal.volumes.delete("a", true));
            FakeAppliance next = restarted(at);
            assertEquals(
                    next.files().contains("org.lunaria.backend.file-a.cfg"),
                    Files.exists(data(at, "a")),
                    "after " + steps + " steps");
        }
    }

    private static void assertNothingLeft(Path at, String when) throws IOException {
        FakeAppliance next = restarted(at);
        assertEquals(next.files().contains("org.lunaria.backend.file-a.2.cfg"), Files.exists(data(at, "a.2")), when);
        assertTrue(Files.exists(data(at, "a")), when);
    }

    private static FakeAppliance restarted(Path at) throws IOException {
        FakeAppliance next = new FakeAppliance(at);
        next.finishCutOff();
        return next;
    }

    private static Change note(FakeAppliance appliance, List<Path> files) {
        Change change = appliance.changes.begin();
        appliance.passing.noteUntilEnd(change, files);
        return change;
    }

    private static Runnable dyingAfter(int steps) {
        int[] left = {steps};
        return () -> {
            if (left[0]-- <= 0) {
                throw new Death();
            }
        };
    }

    private static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Death e) {
            return true;
        }
    }

    /** One with a volume. */
    private static FakeAppliance appliance(Path at) throws IOException {
        FakeAppliance appliance = new FakeAppliance(at);
        appliance.volumes.create(
                new NewVolume("a", "file", Optional.of(ByteSize.parse("1M")), Optional.empty(), 512, Map.of()));
        Files.createDirectories(data(at, "a").getParent());
        Files.writeString(data(at, "a"), "bytes");
        return appliance;
    }

    private static boolean noted(Path at) {
        return Files.exists(at.resolve("history").resolve(PassingFiles.FILE));
    }

    private static Path data(Path at, String name) {
        return at.resolve("data/volumes").resolve(name + ".img");
    }
}
