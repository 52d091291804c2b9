package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.settings.InvalidSetting;

class BlockSettingsTest {

    private static final Path DEVICE = Path.of("/dev/sdb");

    @Test
    void onlyTheDeviceHasToBeSaid() {
        BlockSettings settings = Config.settings(DEVICE);
        assertEquals("disk-1", settings.id());
        assertEquals(DEVICE, settings.device());
        assertTrue(settings.exclusive());
        assertFalse(settings.direct());
    }

    @Test
    void aDeviceHasAnAbsolutePath() {
        String hint = ": give the absolute path of a block device, as /dev/sdb.";
        assertEquals("org.lunaria.backend.block disk-1: device = sdb" + hint, refusal(Config.of(Path.of("sdb"))));
        assertEquals("org.lunaria.backend.block disk-1: device is not set" + hint, refusal(Config.of(Path.of(""))));
        assertEquals(
                "org.lunaria.backend.block disk-1: exclusive = perhaps: give true or false.",
                refusal(Config.of(DEVICE, "exclusive", "perhaps")));
    }

    @Test
    void aKeyThatNobodyKnowsIsRefused() {
        assertTrue(refusal(Config.of(DEVICE, "size", "1")).contains("unknown key size; known keys are backend.id, "));
    }

    @Test
    void differencesAreNamed() {
        BlockSettings settings = Config.settings(DEVICE);
        assertEquals(List.of(), settings.differences(Config.settings(Path.of("/dev/./sdb"))));
        assertEquals(
                List.of("backend.id", "device", "direct", "exclusive"),
                settings.differences(Config.settings(
                        Path.of("/dev/sdc"), "backend.id", "other", "exclusive", "false", "direct", "true")));
    }

    private static String refusal(Map<String, Object> config) {
        return assertThrows(InvalidSetting.class, () -> BlockSettings.of(config))
                .getMessage();
    }
}
