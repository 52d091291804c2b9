package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.TestServices;
import org.lunaria.settings.InvalidSetting;

class FileComponentTest {

    private static final long MOST = Long.MAX_VALUE / 512 * 512;

    private final TestServices services = new TestServices();

    @TempDir
    private Path folder;

    private Path path;
    private Map<String, Object> config;

    @BeforeEach
    void configure() {
        path = folder.resolve("disk-1.img");
        config = Config.of(path, "create", "true", "sizeBytes", "1048576");
    }

    @Test
    void aConfiguredVolumeIsAServiceUntilItsEndAndThenAgain() {
        for (int i = 0; i < 2; i++) {
            FileComponent component = new FileComponent(services.context(), config);
            assertEquals("disk-1", services.only().property("backend.id"));
            assertEquals("file", services.only().property("backend.kind"));
            assertEquals(1048576, services.only().backend().profile().capacityBytes());
            component.deactivate();
            assertTrue(services.all().isEmpty());
        }
    }

    @Test
    void aSecondVolumeOnTheSameFileIsRefused() {
        FileComponent component = new FileComponent(services.context(), config);
        assertThrows(InvalidSetting.class, () -> new FileComponent(services.context(), config));
        assertEquals(1, services.all().size());
        component.deactivate();
    }

    @Test
    void anotherFileAndNonsenseAreRefusedAndToldUntilTheyAreSetBack() throws Exception {
        FileComponent component = new FileComponent(services.context(), config);
        BlockBackend running = services.only().backend();
        refused("a volume that runs keeps its file;", component, folder.resolve("other.img"));
        refused("sizeBytes = -5: give a whole number from 512 to", component, path, "sizeBytes", "-5");
        refused("sizeBytes = " + MOST + ": the file cannot be made " + MOST, component, path, "sizeBytes", "" + MOST);
        assertEquals(1048576, Files.size(path));
        component.modified(config);
        assertEquals("", running.trouble());
        assertEquals(running, services.only().backend());
        assertFalse(Files.exists(folder.resolve("other.img")));
        component.deactivate();
    }

    @Test
    void whatDoesNotSayWhichFileItIsIsTakenWhileItRuns() throws Exception {
        FileComponent component = new FileComponent(services.context(), config);
        BlockBackend before = services.only().backend();
        TestIo.await(before.write(0, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.noneOf(Flag.class)));
        component.modified(Config.of(path, "sizeBytes", "1048576"));
        assertEquals(before, services.only().backend(), "without create it is the same");
        component.modified(Config.of(path, "sizeBytes", "1048576", "preallocate", "true", "sync", "true"));
        BlockBackend after = services.only().backend();
        assertNotSame(before, after);
        assertTrue(FileBackendContract.usedBytes(path) >= 1048576);
        assertArrayEquals(TestIo.pattern(1, 4096), new TestIo(after).read(0, 4096));
        component.deactivate();
        assertTrue(services.all().isEmpty());
    }

    @Test
    void aLargerSizeIsGivenToTheFileWhileItServesAndASmallerOneCutsNothing() throws Exception {
        FileComponent component = new FileComponent(services.context(), config);
        BlockBackend running = services.only().backend();
        component.modified(Config.of(path, "sizeBytes", "2097152"));
        assertEquals(running, services.only().backend());
        assertEquals(2097152, running.profile().capacityBytes());
        assertEquals(2097152, Files.size(path));
        assertEquals("", running.trouble());
        component.modified(Config.of(path, "sizeBytes", "1048576"));
        assertEquals(2097152, Files.size(path));
        component.deactivate();
        FileComponent again = new FileComponent(services.context(), Config.of(path, "sizeBytes", "1048576"));
        assertEquals(2097152, services.only().backend().profile().capacityBytes());
        again.deactivate();
    }

    @Test
    void whatCannotBeTakenLeavesTheVolumeAsItWas() throws Exception {
        try (Mounted memory = Mounted.tmpfs(4 << 20)) {
            Path there = memory.folder().resolve("disk.img");
            FileComponent component =
                    new FileComponent(services.context(), Config.of(there, "create", "true", "sizeBytes", "1048576"));
            component.modified(Config.of(there, "sizeBytes", "1048576", "direct", "true"));
            BlockBackend running = services.only().backend();
            assertTrue(running.trouble().contains("there is no cache to pass"), running.trouble());
            assertEquals(1048576, running.profile().capacityBytes());
            component.deactivate();
        }
    }

    private void refused(String sentence, FileComponent component, Path where, Object... more) {
        component.modified(Config.of(where, more));
        String trouble = services.only().backend().trouble();
        assertTrue(trouble.contains(sentence) && trouble.endsWith(". It goes on as it was."), trouble);
    }

    @Test
    void aBundleThatStopsLeavesNoLockBehind() {
        services.stop();
        assertThrows(IllegalStateException.class, () -> new FileComponent(services.context(), config));
        TestServices later = new TestServices();
        new FileComponent(later.context(), config).deactivate();
    }
}
