package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.TestServices;
import org.lunaria.settings.InvalidSetting;

class FileComponentTest {

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
    void aChangeIsRefusedWhileTheVolumeRuns() {
        FileComponent component = new FileComponent(services.context(), config);
        BlockBackend running = services.only().backend();
        component.modified(Config.of(folder.resolve("other.img"), "create", "true", "sizeBytes", "2097152"));
        component.modified(Config.of(path, "sizeBytes", "-5"));
        component.modified(config);
        assertEquals(running, services.only().backend());
        assertFalse(Files.exists(folder.resolve("other.img")));
        component.deactivate();
    }

    @Test
    void aBundleThatStopsLeavesNoLockBehind() {
        services.stop();
        assertThrows(IllegalStateException.class, () -> new FileComponent(services.context(), config));
        TestServices later = new TestServices();
        new FileComponent(later.context(), config).deactivate();
    }
}
