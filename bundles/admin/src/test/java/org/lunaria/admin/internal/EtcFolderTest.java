package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFolderTest {
    private static final InstanceId ID = InstanceId.unit("disk-1");

    @TempDir
    private Path folder;

    private EtcFolder etc;

    @BeforeEach
    void open() throws IOException {
        etc = new EtcFolder(folder, StandardCharsets.ISO_8859_1);
    }

    @Test
    void fileIsNamedAsFileInstallSplitsIt() throws IOException {
        etc.write(ID, "a = b\n");
        assertEquals("a = b\n", Files.readString(folder.resolve("org.lunaria.unit-disk-1.cfg")));
        assertEquals("file:" + folder.toRealPath() + "/org.lunaria.unit-disk-1.cfg", etc.uri(ID));
    }

    @Test
    void newFileIsForItsOwnerAlone() throws IOException {
        etc.write(ID, "");
        assertEquals("rw-------", mode());
    }

    @Test
    void changedFileKeepsItsMode() throws IOException {
        etc.write(ID, "a = b\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        etc.write(ID, "a = c\n");
        assertEquals("rw-r-----", mode());
        assertEquals(Optional.of("a = c\n"), etc.read(ID));
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        etc.write(ID, "a = b\n");
        etc.write(ID, "a = c\n");
        assertEquals(List.of("org.lunaria.unit-disk-1.cfg"), names());
    }

    @Test
    void restOfAProcessThatWasKilledIsNoObstacle() throws IOException {
        Files.writeString(folder.resolve(".org.lunaria.unit-disk-1.cfg.new"), "half");
        etc.write(ID, "a = b\n");
        assertEquals(List.of("org.lunaria.unit-disk-1.cfg"), names());
    }

    @Test
    void failedWriteLeavesTheOldFileAndNoRest() throws IOException {
        Files.createDirectory(file());
        Files.writeString(file().resolve("occupied"), "");
        assertThrows(IOException.class, () -> etc.write(ID, "a = b\n"));
        assertEquals(List.of("org.lunaria.unit-disk-1.cfg"), names());
    }

    @Test
    void deletedFileIsGoneAndDeletingTwiceIsNoError() throws IOException {
        etc.write(ID, "a = b\n");
        etc.delete(ID);
        etc.delete(ID);
        assertFalse(Files.exists(file()));
        assertEquals(Optional.empty(), etc.read(ID));
    }

    @Test
    void listHoldsOnlyConfigurationsOfTheAppliance() throws IOException {
        etc.write(ID, "");
        Files.writeString(folder.resolve("org.apache.karaf.shell.cfg"), "");
        Files.writeString(folder.resolve("org.lunaria.unit-x.cfg.bak"), "");
        Files.writeString(folder.resolve("org.lunaria.unit~y.cfg"), "");
        assertEquals(List.of("org.lunaria.unit-disk-1.cfg", "org.lunaria.unit~y.cfg"), etc.fileNames());
    }

    private Path file() {
        return folder.resolve(ID.fileName());
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
