package org.lunaria.scsi.internal.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a unit saves for itself, on disk. That a file is replaced as a whole is shown with reservations. */
class SavedFolderTest {
    private static final String UNIT = "3000000000000001";
    private static final SavedValues VALUES =
            SavedValues.NONE.with("mode.WCE", "0").with("label", "a = b");

    @TempDir
    Path folder;

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        SavedStore store = new SavedFolder(folder.resolve("saved"));
        assertEquals(Optional.empty(), store.load(UNIT));
        store.save(UNIT, VALUES);
        assertEquals(Optional.of(VALUES), store.load(UNIT));
        store.save(UNIT, VALUES.without("label"));
        assertEquals(Optional.of(SavedValues.NONE.with("mode.WCE", "0")), store.load(UNIT));
        store.delete(UNIT);
        assertEquals(Optional.empty(), store.load(UNIT));
    }

    @Test
    void theTextIsOneThatAPersonReads() throws IOException {
        new SavedFolder(folder).save(UNIT, VALUES);
        String text = Files.readString(folder.resolve(UNIT + ".txt"));
        assertEquals("lunaria-saved 1\nunit 3000000000000001\nlabel=a = b\nmode.WCE=0\n", text.split("crc32c")[0]);
    }

    @Test
    void damageIsNeverTakenForValues() throws IOException {
        SavedStore store = new SavedFolder(folder);
        store.save(UNIT, VALUES);
        Path file = folder.resolve(UNIT + ".txt");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(IOException.class, () -> store.load(UNIT));
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x04;
            Files.write(file, damaged);
            assertThrows(IOException.class, () -> store.load(UNIT));
        }
    }

    @Test
    void aFileOfAnotherUnitOrVersionIsNone() throws IOException {
        SavedStore store = new SavedFolder(folder);
        store.save(UNIT, VALUES);
        String other = "3000000000000002";
        Files.copy(folder.resolve(UNIT + ".txt"), folder.resolve(other + ".txt"));
        assertThrows(IOException.class, () -> store.load(other));
        String text = SealedText.seal("lunaria-saved 2", UNIT, List.of());
        assertThrows(IOException.class, () -> SavedValues.decode(UNIT, text));
    }

    @Test
    void whatCannotBeALineIsNotTaken() {
        assertThrows(IllegalArgumentException.class, () -> SavedValues.NONE.with("a=b", "c"));
        assertThrows(IllegalArgumentException.class, () -> SavedValues.NONE.with("a", "b\nc=d"));
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 257; i++) {
            many.put("key" + i, "");
        }
        assertThrows(IllegalArgumentException.class, () -> new SavedValues(many));
    }
}
