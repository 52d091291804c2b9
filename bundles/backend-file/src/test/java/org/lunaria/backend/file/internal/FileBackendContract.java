package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** The contract on a new file in a folder of some file system. */
abstract class FileBackendContract extends BlockBackendContract {

    private Path path;

    /** A folder that exists. */
    abstract Path folder() throws IOException;

    /** Keys and values besides those of a sparse file that is buffered. */
    Object[] settings() {
        return new Object[0];
    }

    @Override
    protected BlockBackend open() throws IOException {
        path = Files.createTempFile(folder(), "contract", ".img");
        FileCalls calls = new Glibc();
        return new FileBackend(calls, FileOpener.open(calls, Config.creating(path, LEAST_CAPACITY_BYTES, settings())));
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    /** File systems keep changes apart, but let reads of cached pages by. */
    @Override
    protected boolean readsAreWhole() {
        return false;
    }

    @Override
    protected OptionalLong usedBytes() throws IOException {
        return OptionalLong.of(usedBytes(path));
    }

    /** What a file takes of its file system. */
    static long usedBytes(Path path) throws IOException {
        Process stat = new ProcessBuilder("stat", "--format=%b", path.toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes()).trim();
        return Long.parseLong(blocks) * 512;
    }

    static void requireFileSystem(Path folder, String type) throws IOException {
        assertEquals(type, Files.getFileStore(folder).type(), "the file system of " + folder);
    }
}
