package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.settings.InvalidSetting;

class FileSettingsTest {

    private static final Path PATH = Path.of("/srv/disk-1.img");

    @Test
    void textIsReadAsAConfigurationFileGivesIt() {
        FileSettings settings = Config.settings(PATH, "sizeBytes", "1048576", "create", "true", "preallocate", "false");
        assertEquals("disk-1", settings.id());
        assertEquals(PATH, settings.path());
        assertEquals(1048576, settings.sizeBytes());
        assertTrue(settings.create());
    }

    @Test
    void withoutCreateTheSizeIsTheFiles() {
        assertEquals(FileSettings.SIZE_OF_THE_FILE, Config.settings(PATH).sizeBytes());
    }

    @Test
    void eachBadValueGetsItsSentence() {
        refused("sizeBytes = -1: give a whole number from 512 to", Config.of(PATH, "create", true));
        refused("sizeBytes = -2: give a whole number from 512 to", Config.of(PATH, "sizeBytes", -2L));
        refused("sizeBytes = 0: give a whole number from 512 to", Config.of(PATH, "sizeBytes", 0));
        refused("sizeBytes = 10G: give a whole number from 512 to", Config.of(PATH, "sizeBytes", "10G"));
        refused("sizeBytes = 1000: give a multiple of 512.", Config.of(PATH, "sizeBytes", 1000));
        refused("create = yes: give true or false.", Config.of(PATH, "create", "yes"));
        refused("backend.id is not set: give the name of the volume.", Config.of(PATH, "backend.id", " "));
        refused("path is not set: give the absolute path", Config.of(Path.of("")));
        refused("path = disk.img: give the absolute path of a file", Config.of(Path.of("disk.img")));
        refused("path = /: give the absolute path of a file", Config.of(Path.of("/")));
        refused("this system cannot name such a file", Config.of(PATH, "path", "/srv/\0x"));
        refused("unknown key size; known keys are backend.id, create, direct, path,", Config.of(PATH, "size", 512));
    }

    @Test
    void theNameAndThePathSayWhichFileItIsAndOtherKeysHowItIsServed() {
        FileSettings settings = Config.creating(PATH, 1024);
        assertTrue(settings.isOfSameFile(Config.settings(PATH, "direct", true)));
        assertFalse(settings.isOfSameFile(Config.creating(Path.of("/srv/other.img"), 1024)));
        assertFalse(settings.isOfSameFile(Config.settings(PATH, "backend.id", "other")));
        assertTrue(settings.isServedAlike(Config.settings(PATH)));
        for (String key : List.of("preallocate", "direct", "sync")) {
            assertFalse(settings.isServedAlike(Config.creating(PATH, 1024, key, true)), key);
        }
    }

    private static void refused(String sentence, Map<String, Object> config) {
        String message = assertThrows(InvalidSetting.class, () -> FileSettings.of(config))
                .getMessage();
        assertTrue(message.startsWith("org.lunaria.backend.file disk-1: "), message);
        assertTrue(message.contains(sentence), message);
    }
}
