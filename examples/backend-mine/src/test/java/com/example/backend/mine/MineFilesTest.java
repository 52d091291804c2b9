package com.example.backend.mine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.TestIo;

class MineFilesTest {
    private static final int STRIPE = 8192;

    @TempDir
    private Path folder;

    @Test
    void stripesAreInTheFirstAndTheSecondFileByTurns() throws Exception {
        byte[] bytes = TestIo.pattern(1, 4 * STRIPE);
        try (MineBackend store = new MineBackend(config(true))) {
            new TestIo(store).write(0, bytes);
        }
        byte[] first = Files.readAllBytes(folder.resolve("v.1"));
        byte[] second = Files.readAllBytes(folder.resolve("v.2"));
        for (int stripe = 0; stripe < 4; stripe++) {
            byte[] file = stripe % 2 == 0 ? first : second;
            assertArrayEquals(part(bytes, stripe), part(file, stripe / 2), "stripe " + stripe);
        }
    }

    @Test
    void whatWasWrittenIsThereWhenItIsOpenedAgainAndHasGrown() throws Exception {
        byte[] bytes = TestIo.pattern(2, 3 * STRIPE);
        try (MineBackend store = new MineBackend(config(true))) {
            new TestIo(store).write(512, bytes);
        }
        try (MineBackend store = new MineBackend(Config.of(folder, 16 * STRIPE, false))) {
            assertArrayEquals(bytes, new TestIo(store).read(512, bytes.length));
            assertArrayEquals(new byte[STRIPE], new TestIo(store).read(15 * STRIPE, STRIPE));
        }
    }

    @Test
    void aFileThatHasBecomeShorterIsAnError() throws Exception {
        try (MineBackend store = new MineBackend(config(true))) {
            Files.write(folder.resolve("v.1"), new byte[512]);
            assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.read(0, TestIo.direct(new byte[STRIPE]))));
        }
    }

    @Test
    void filesThatAreMissingOrThereOrInUseAreRefusedByTheirKey() throws Exception {
        refused("second is not set", new Config("v", 512, folder.resolve("v.1").toString(), null, STRIPE, true));
        refused("first = " + folder.resolve("v.1") + " is not there", config(false));
        Files.createFile(folder.resolve("v.2"));
        refused("second = " + folder.resolve("v.2") + " exists already", config(true));
        assertFalse(Files.exists(folder.resolve("v.1")), "half of a refused volume stayed");
        Files.delete(folder.resolve("v.2"));
        try (MineBackend store = new MineBackend(config(true))) {
            refused("first = " + folder.resolve("v.1") + " is in use", config(false));
            store.flush();
        }
    }

    @Test
    void badNumbersAreRefusedByTheirKey() {
        for (Config config : List.of(
                Config.of(folder, 0, true),
                Config.of(folder, 1000, true),
                new Config("v", 512, "a", "b", 0, true),
                new Config("v", 512, "a", "b", 512, true))) {
            assertThrows(IllegalArgumentException.class, () -> new MineBackend(config));
        }
    }

    private void refused(String sentence, Config config) {
        IOException thrown = assertThrows(IOException.class, () -> new MineBackend(config));
        assertEquals(sentence, thrown.getMessage().substring(0, sentence.length()));
    }

    private Config config(boolean create) {
        return Config.of(folder, 4 * STRIPE, create);
    }

    private static byte[] part(byte[] bytes, int stripe) {
        return Arrays.copyOfRange(bytes, stripe * STRIPE, (stripe + 1) * STRIPE);
    }
}
