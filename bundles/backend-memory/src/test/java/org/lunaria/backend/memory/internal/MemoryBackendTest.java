package org.lunaria.backend.memory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.backend.BlockBackendContract;
import org.lunaria.backend.TestIo;

class MemoryBackendTest extends BlockBackendContract {

    private static final int CHUNK = MemoryBackend.CHUNK_BYTES;

    @Override
    protected BlockBackend open() {
        return new MemoryBackend("disk-1", LEAST_CAPACITY_BYTES);
    }

    @Test
    void chunksComeWithTheFirstWriteAndGoWithTheUnmapOfAllOfThem() {
        MemoryBackend store = new MemoryBackend("disk-1", 4 * CHUNK);
        TestIo io = new TestIo(store);
        io.write(CHUNK + 512, TestIo.pattern(1, 512));
        assertEquals(
                List.of(
                        new Extent(0, CHUNK, Mapping.HOLE),
                        new Extent(CHUNK, CHUNK, Mapping.DATA),
                        new Extent(2 * CHUNK, 2 * CHUNK, Mapping.HOLE)),
                io.extents(0, 4 * CHUNK));
        TestIo.await(store.unmap(CHUNK, CHUNK - 512));
        assertEquals(Mapping.DATA, io.extents(CHUNK, CHUNK).get(0).mapping());
        TestIo.await(store.unmap(0, 4 * CHUNK));
        assertEquals(List.of(new Extent(0, 4 * CHUNK, Mapping.HOLE)), io.extents(0, 4 * CHUNK));
    }

    @Test
    void theVolumeHasItsSizeForItselfAndTakesOfItByChunks() {
        MemoryBackend store = new MemoryBackend("disk-1", 4 * CHUNK - 512);
        TestIo io = new TestIo(store);
        io.write(CHUNK - 512, TestIo.pattern(1, 1024));
        assertEquals(new Space(2 * CHUNK, 2 * CHUNK - 512, false), TestIo.await(store.space()));
        TestIo.await(store.writeZeroes(0, CHUNK, EnumSet.noneOf(Flag.class)));
        io.write(0, TestIo.pattern(1, 512));
        assertEquals(2 * CHUNK, TestIo.await(store.space()).usedBytes());
        TestIo.await(store.unmap(0, 2 * CHUNK));
        assertEquals(0, TestIo.await(store.space()).usedBytes());
        io.write(0, TestIo.pattern(1, 4 * CHUNK - 512));
        assertEquals(new Space(4 * CHUNK - 512, 0, false), TestIo.await(store.space()));
    }

    @Test
    void theLastChunkMayBeShort() {
        MemoryBackend store = new MemoryBackend("disk-1", CHUNK + 512);
        TestIo io = new TestIo(store);
        io.write(CHUNK, TestIo.pattern(2, 512));
        TestIo.await(store.unmap(CHUNK, 512));
        assertEquals(List.of(new Extent(0, CHUNK + 512, Mapping.HOLE)), io.extents(0, CHUNK + 512));
    }

    @Test
    void zeroesWithoutLeaveToUnmapAreToldAsZero() {
        MemoryBackend store = new MemoryBackend("disk-1", 2 * CHUNK);
        TestIo io = new TestIo(store);
        TestIo.await(store.writeZeroes(0, CHUNK + 512, EnumSet.noneOf(Flag.class)));
        assertEquals(List.of(new Extent(0, 2 * CHUNK, Mapping.ZERO)), io.extents(0, 2 * CHUNK));
    }
}
