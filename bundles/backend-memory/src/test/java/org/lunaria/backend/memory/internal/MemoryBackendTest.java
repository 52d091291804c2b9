package org.lunaria.backend.memory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.backend.BlockBackendContract;
import org.lunaria.backend.TestIo;

class MemoryBackendTest extends BlockBackendContract {

    private static final int CHUNK = MemoryBackend.CHUNK_BYTES;

    @Override
    protected BlockBackend open() {
        return store(LEAST_CAPACITY_BYTES);
    }

    @Test
    void chunksComeWithTheFirstWriteAndGoWithTheUnmapOfAllOfThem() {
        MemoryBackend store = store(4 * CHUNK);
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
    void whatItHasGoesWithIt() {
        assertTrue(store(CHUNK).isVolatile());
    }

    @Test
    void theVolumeHasItsSizeForItselfAndTakesOfItByChunks() {
        MemoryBackend store = store(4 * CHUNK - 512);
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
        MemoryBackend store = store(CHUNK + 512);
        TestIo io = new TestIo(store);
        io.write(CHUNK, TestIo.pattern(2, 512));
        TestIo.await(store.unmap(CHUNK, 512));
        assertEquals(List.of(new Extent(0, CHUNK + 512, Mapping.HOLE)), io.extents(0, CHUNK + 512));
    }

    @Test
    void zeroesWithoutLeaveToUnmapAreToldAsZero() {
        MemoryBackend store = store(2 * CHUNK);
        TestIo io = new TestIo(store);
        TestIo.await(store.writeZeroes(0, CHUNK + 512, EnumSet.noneOf(Flag.class)));
        assertEquals(List.of(new Extent(0, 2 * CHUNK, Mapping.ZERO)), io.extents(0, 2 * CHUNK));
    }

    @Test
    void growthTakesOfTheBudgetAndShrinkingGivesBackUntilAllIsGivenBack() {
        MemoryBudget budget = new MemoryBudget(4 * CHUNK);
        assertTrue(budget.reserve(2 * CHUNK));
        MemoryBackend store = new MemoryBackend("disk-1", 2 * CHUNK, budget);
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(store.resize(4 * CHUNK + 512)));
        assertEquals(2 * CHUNK, store.profile().capacityBytes());
        TestIo.await(store.resize(4 * CHUNK));
        assertEquals(0, budget.freeBytes());
        new TestIo(store).write(0, TestIo.pattern(1, 4 * CHUNK));
        TestIo.await(store.resize(CHUNK + 512));
        assertEquals(3 * CHUNK - 512, budget.freeBytes());
        assertEquals(CHUNK + 512, TestIo.await(store.space()).usedBytes());
        store.close();
        store.close();
        assertEquals(4 * CHUNK, budget.freeBytes());
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.resize(CHUNK)));
    }

    private static MemoryBackend store(long sizeBytes) {
        MemoryBudget budget = new MemoryBudget(1L << 40);
        assertTrue(budget.reserve(sizeBytes));
        return new MemoryBackend("disk-1", sizeBytes, budget);
    }
}
