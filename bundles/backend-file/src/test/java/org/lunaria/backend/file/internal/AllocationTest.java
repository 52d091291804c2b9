package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.FaultyCalls;

/** How a range is zeroed whose space must not be given away, not even for a moment. */
class AllocationTest {

    private static final int SIZE = 1 << 20;

    private final FaultyCalls calls = new FaultyCalls();

    @TempDir
    private Path folder;

    @Test
    void ext4ZeroesInPlaceSoThatItIsAskedTo() throws IOException {
        Path path = folder.resolve("disk.img");
        zero(path);
        assertEquals(1, calls.count("fallocate"));
    }

    @Test
    void xfsTakesOtherSpaceSoThatZeroesAreWritten() throws IOException {
        try (Mounted xfs = Mounted.xfs()) {
            zero(xfs.folder().resolve("disk.img"));
            assertEquals(0, calls.count("fallocate"));
        }
    }

    /** Zeroes the middle of a preallocated file, and lets the test count what was called for that. */
    private void zero(Path path) throws IOException {
        VolumeFile file = FileOpener.open(calls, Config.creating(path, SIZE, "preallocate", true));
        FileBackend store = new FileBackend(calls, file);
        TestIo io = new TestIo(store);
        io.write(0, TestIo.pattern(1, SIZE));
        calls.forget();
        TestIo.await(store.writeZeroes(SIZE / 4, SIZE / 2, EnumSet.noneOf(Flag.class)));
        assertArrayEquals(new byte[SIZE / 2], io.read(SIZE / 4, SIZE / 2));
        store.close();
    }
}
