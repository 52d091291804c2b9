package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.BlockBackend.Space;

/**
 * What every backend owes its callers, as {@link BlockBackend} says it. A backend's test extends this class and opens
 * a store; a capability that the store does not declare is tested to be refused, so that nothing is skipped.
 */
public abstract class BlockBackendContract {

    /** What {@link #open} must offer at least. It is no multiple of a page, so that the end of a store is tested too. */
    protected static final int LEAST_CAPACITY_BYTES = (8 << 20) + 512;

    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private BlockBackend store;
    private Profile profile;
    private int unit;
    private TestIo io;

    /**
     * Opens a new store that reads as zeroes, can be written, and has {@link #LEAST_CAPACITY_BYTES} or more; with blocks of
     * more than 512 bytes as many blocks.
     */
    protected abstract BlockBackend open() throws Exception;

    /** Space that the store opened last takes now, where the backend's test can find that out. */
    protected OptionalLong usedBytes() throws IOException {
        return OptionalLong.empty();
    }

    /** Whether a read that overlaps a change finds each block as it was before or after. */
    protected boolean readsAreWhole() {
        return true;
    }

    /** How much is done at once on the same blocks; less where another test of the same backend does it all. */
    protected int overlappingOperations() {
        return OverlappingLoad.OPERATIONS;
    }

    /** Whether only what takes no space is told as a hole: a server on the network may call unwritten space so. */
    protected boolean holesTakeNoSpace() {
        return true;
    }

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        profile = store.profile();
        unit = Math.max(profile.blockBytes(), 512);
        io = new TestIo(store);
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    void theProfileIsConsistentAndStaysTheSameObject() {
        assertTrue(profile.capacityBytes() >= LEAST_CAPACITY_BYTES, profile::toString);
        assertTrue(profile.can(Capability.WRITE), profile::toString);
        assertEquals(profile.can(Capability.UNMAP), profile.unmapBytes() > 0, profile::toString);
        assertEquals(profile.can(Capability.ATOMIC_WRITE), profile.atomicBytes() > 0, profile::toString);
        assertSame(profile, store.profile());
    }

    @Test
    void aNewStoreReadsAsZeroes() {
        assertArrayEquals(new byte[64 * 1024], io.read(0, 64 * 1024));
        assertArrayEquals(new byte[unit], io.read(profile.capacityBytes() - unit, unit));
    }

    @Test
    void readGivesWhatWasWrittenAtAndAcrossBorders() {
        for (int border : new int[] {4096, 64 * 1024, 1 << 20, 4 << 20}) {
            for (int before = 0; before <= Math.min(2, border / unit); before++) {
                for (int after = before == 0 ? 1 : 0; after <= 2; after++) {
                    byte[] bytes = TestIo.pattern(border + before * 10 + after, (before + after) * unit);
                    io.write(border - before * unit, bytes);
                    assertArrayEquals(bytes, io.read(border - before * unit, bytes.length), "around " + border);
                }
            }
        }
    }

    @Test
    void aWriteTouchesNoByteBesideItsRange() {
        byte[] ground = TestIo.pattern(1, 16 * unit);
        io.write(3 * unit, ground);
        byte[] one = TestIo.pattern(2, unit);
        io.write(8 * unit, one);
        System.arraycopy(one, 0, ground, 5 * unit, unit);
        assertArrayEquals(ground, io.read(3 * unit, ground.length));
    }

    @Test
    void aReadFillsItsBufferFromPositionToLimitOnly() {
        byte[] bytes = TestIo.pattern(3, 2 * unit);
        io.write(unit, bytes);
        ByteBuffer buffer = TestIo.filled(4 * unit, (byte) 0x5A);
        ByteBuffer slice = buffer.slice(100, 3 * unit);
        slice.position(7).limit(7 + bytes.length);
        TestIo.await(store.read(unit, slice));
        byte[] expected = new byte[4 * unit];
        Arrays.fill(expected, (byte) 0x5A);
        System.arraycopy(bytes, 0, expected, 107, bytes.length);
        assertArrayEquals(expected, TestIo.array(buffer));
    }

    @Test
    void aWriteTakesItsBufferFromPositionToLimitOnly() {
        byte[] bytes = TestIo.pattern(4, 2 * unit);
        ByteBuffer buffer = TestIo.filled(4 * unit, (byte) 0x5A);
        ByteBuffer slice = buffer.slice(100, 3 * unit);
        slice.put(7, bytes).position(7).limit(7 + bytes.length);
        TestIo.await(store.write(2 * unit, slice, NONE));
        assertArrayEquals(bytes, io.read(2 * unit, bytes.length));
        assertArrayEquals(new byte[unit], io.read(4 * unit, unit));
    }

    @Test
    void theLastBlockCanBeWrittenAndRead() {
        byte[] bytes = TestIo.pattern(5, unit);
        io.write(profile.capacityBytes() - unit, bytes);
        assertArrayEquals(bytes, io.read(profile.capacityBytes() - unit, unit));
    }

    @Test
    void theLargestTransferWorksAtAnOddBlock() {
        int length = Math.min(profile.maxTransferBytes(), 4 << 20);
        byte[] bytes = TestIo.pattern(6, length);
        io.write(3 * unit, bytes);
        assertArrayEquals(bytes, io.read(3 * unit, length));
    }

    @Test
    void flushAndDurableWritesAreDone() {
        byte[] bytes = TestIo.pattern(7, unit);
        TestIo.await(store.flush());
        io.write(0, bytes);
        TestIo.await(store.flush());
        TestIo.await(store.flush());
        if (profile.can(Capability.DURABLE_WRITE)) {
            byte[] durable = TestIo.pattern(8, 3 * unit);
            TestIo.await(store.write(unit, TestIo.direct(durable), EnumSet.of(Flag.DURABLE)));
            assertArrayEquals(durable, io.read(unit, durable.length));
        }
        assertArrayEquals(bytes, io.read(0, unit));
    }

    @Test
    void atomicWritesOfEachLengthAreDoneAsOthersAre() {
        for (Set<Flag> flags : List.of(EnumSet.of(Flag.ATOMIC), EnumSet.of(Flag.ATOMIC, Flag.DURABLE))) {
            boolean durable = !flags.contains(Flag.DURABLE) || profile.can(Capability.DURABLE_WRITE);
            if (!profile.can(Capability.ATOMIC_WRITE) || !durable) {
                continue;
            }
            for (int length : new int[] {unit, 3 * unit, 64 * 1024, profile.atomicBytes()}) {
                byte[] ground = TestIo.pattern(length, length + 2 * unit);
                byte[] bytes = TestIo.pattern(length + 1, length);
                io.write(64 * 1024 - 2 * unit, ground);
                TestIo.await(store.write(64 * 1024 - unit, TestIo.direct(bytes), flags));
                System.arraycopy(bytes, 0, ground, unit, length);
                assertArrayEquals(ground, whole(64 * 1024 - 2 * unit, ground.length));
            }
        }
    }

    @Test
    void whatComesAfterAnAtomicWriteIsNotUndone() {
        if (!profile.can(Capability.ATOMIC_WRITE)) {
            assertEquals(0, profile.atomicBytes());
            return;
        }
        byte[] bytes = TestIo.pattern(13, 8 * unit);
        TestIo.await(store.write(unit, TestIo.direct(bytes), EnumSet.of(Flag.ATOMIC)));
        byte[] later = TestIo.pattern(14, 2 * unit);
        io.write(3 * unit, later);
        System.arraycopy(later, 0, bytes, 2 * unit, later.length);
        if (profile.can(Capability.WRITE_ZEROES)) {
            TestIo.await(store.writeZeroes(6 * unit, unit, NONE));
            Arrays.fill(bytes, 5 * unit, 6 * unit, (byte) 0);
        }
        byte[] last = TestIo.pattern(15, unit);
        TestIo.await(store.write(8 * unit, TestIo.direct(last), EnumSet.of(Flag.ATOMIC)));
        System.arraycopy(last, 0, bytes, 7 * unit, unit);
        TestIo.await(store.flush());
        assertArrayEquals(bytes, io.read(unit, bytes.length));
    }

    @Test
    void unmappedBytesAreKeptOrZeroAndTheirNeighboursStay() {
        byte[] bytes = TestIo.pattern(9, 64 * unit);
        io.write(unit, bytes);
        CompletionStage<Void> stage = store.unmap(4 * unit, 35L * unit);
        if (!profile.can(Capability.UNMAP)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(stage));
            return;
        }
        TestIo.await(stage);
        byte[] now = io.read(unit, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean unmapped = i >= 3 * unit && i < 38 * unit;
            assertTrue(now[i] == bytes[i] || unmapped && now[i] == 0, "byte " + i);
        }
        byte[] again = TestIo.pattern(10, 35 * unit);
        io.write(4 * unit, again);
        assertArrayEquals(again, io.read(4 * unit, again.length));
    }

    @Test
    void anAlignedUnmapGivesSpaceBack() throws IOException {
        if (!profile.can(Capability.UNMAP)) {
            assertEquals(0, profile.unmapBytes());
            return;
        }
        long range = Math.max(1 << 20, profile.unmapBytes());
        for (long at = 0; at < 2 * range; at += 64 * 1024) {
            io.write(at, TestIo.pattern(at, 64 * 1024));
        }
        TestIo.await(store.flush());
        OptionalLong before = usedBytes();
        TestIo.await(store.unmap(range, range));
        TestIo.await(store.flush());
        if (before.isPresent()) {
            long freed = before.getAsLong() - usedBytes().getAsLong();
            assertTrue(freed >= range / 2, "freed " + freed + " of " + range);
        }
        if (profile.can(Capability.EXTENTS)) {
            assertEquals(List.of(new Extent(range, range, Mapping.HOLE)), io.extents(range, range));
        }
        assertArrayEquals(TestIo.pattern(range - 64 * 1024, 64 * 1024), io.read(range - 64 * 1024, 64 * 1024));
    }

    @Test
    void writtenZeroesReadAsZeroesAndTheirNeighboursStay() {
        for (Set<Flag> flags : List.of(NONE, EnumSet.of(Flag.MAY_UNMAP))) {
            byte[] bytes = TestIo.pattern(11, 64 * unit);
            io.write(unit, bytes);
            CompletionStage<Void> stage = store.writeZeroes(4 * unit, 35L * unit, flags);
            if (!profile.can(Capability.WRITE_ZEROES)) {
                assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(stage));
                return;
            }
            TestIo.await(stage);
            Arrays.fill(bytes, 3 * unit, 38 * unit, (byte) 0);
            assertArrayEquals(bytes, io.read(unit, bytes.length), () -> "flags " + flags);
        }
    }

    @Test
    void zeroesWithoutLeaveToUnmapLeaveNoHole() {
        if (!profile.can(Capability.WRITE_ZEROES) || !profile.can(Capability.EXTENTS)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(undeclared()));
            return;
        }
        TestIo.await(store.writeZeroes(1 << 20, 1 << 20, NONE));
        TestIo.await(store.flush());
        for (Extent extent : io.extents(1 << 20, 1 << 20)) {
            assertFalse(holesTakeNoSpace() && extent.mapping() == Mapping.HOLE, extent::toString);
        }
    }

    @Test
    void extentsAreContiguousAndNeverHideBytes() {
        if (!profile.can(Capability.EXTENTS)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.extents(0, unit)));
            return;
        }
        io.checkExtents(0, profile.capacityBytes());
        Random random = new Random(12);
        for (int i = 0; i < 40; i++) {
            io.write((long) random.nextInt(4096) * unit, TestIo.pattern(i, unit * (1 + random.nextInt(9))));
        }
        io.checkExtents(0, profile.capacityBytes());
        io.checkExtents(5 * unit, 3000L * unit);
        io.checkExtents(profile.capacityBytes() - unit, unit);
    }

    @Test
    void whatIsWrittenIsCountedAsUsedAndWhatIsUnmappedIsNot() {
        if (!profile.can(Capability.SPACE)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.space()));
            return;
        }
        int range = Math.max(1 << 20, profile.unmapBytes());
        long before = TestIo.await(store.space()).usedBytes();
        for (long at = 0; at < 2L * range; at += 64 * 1024) {
            io.write(at, TestIo.pattern(at, 64 * 1024));
        }
        TestIo.await(store.flush());
        Space written = TestIo.await(store.space());
        // One that has taken all its space before takes no more.
        long least = Math.min(before + 2L * range, profile.capacityBytes()) - 64 * 1024;
        assertTrue(written.usedBytes() >= least, written + " after " + before);
        assertTrue(written.availableBytes() >= 0, written::toString);
        if (profile.can(Capability.UNMAP)) {
            TestIo.await(store.unmap(0, range));
            TestIo.await(store.flush());
            long freed = written.usedBytes() - TestIo.await(store.space()).usedBytes();
            assertTrue(freed >= range / 2, "freed " + freed + " of " + range);
        }
    }

    @Test
    void anUndeclaredCapabilityIsUnsupported() {
        if (!profile.can(Capability.RESIZE)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.resize(profile.capacityBytes() * 2)));
        }
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(undeclared()));
    }

    @Test
    void aLargerStoreKeepsItsBytesAndReadsAsZeroesBehindThem() {
        long before = profile.capacityBytes();
        long after = before + (1 << 20) + unit;
        byte[] last = TestIo.pattern(1, unit);
        io.write(before - unit, last);
        if (!profile.can(Capability.RESIZE)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.resize(after)));
            return;
        }
        TestIo.await(store.resize(after));
        assertEquals(after, store.profile().capacityBytes());
        assertSame(store.profile(), store.profile());
        assertEquals(profile.capabilities(), store.profile().capabilities());
        assertArrayEquals(last, io.read(before - unit, unit));
        assertArrayEquals(new byte[1 << 20], io.read(before, 1 << 20));
        assertArrayEquals(new byte[unit], io.read(after - unit, unit));
        byte[] across = TestIo.pattern(2, 2 * unit);
        io.write(before - unit, across);
        io.write(after - 2L * unit, across);
        TestIo.await(store.flush());
        assertArrayEquals(across, io.read(before - unit, 2 * unit));
        assertArrayEquals(across, io.read(after - 2L * unit, 2 * unit));
        TestIo.await(store.resize(after));
        assertArrayEquals(across, io.read(after - 2L * unit, 2 * unit));
    }

    @Test
    void whatWasBehindASmallerStoreDoesNotComeBack() {
        long whole = profile.capacityBytes();
        long part = 4096 + unit;
        if (!profile.can(Capability.RESIZE)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.resize(part)));
            return;
        }
        byte[] bytes = TestIo.pattern(3, 256 * 1024);
        io.write(0, bytes);
        io.write(whole - unit, TestIo.pattern(4, unit));
        TestIo.await(store.resize(part));
        assertEquals(part, store.profile().capacityBytes());
        assertArrayEquals(Arrays.copyOf(bytes, (int) part), io.read(0, (int) part));
        TestIo.await(store.resize(whole));
        assertArrayEquals(Arrays.copyOf(Arrays.copyOf(bytes, (int) part), bytes.length), io.read(0, bytes.length));
        assertArrayEquals(new byte[unit], io.read(whole - unit, unit));
    }

    @Test
    void whatIsInFlightWhileAStoreGrowsIsNotDisturbed() throws Exception {
        if (!profile.can(Capability.RESIZE)) {
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.resize(profile.capacityBytes() + unit)));
            return;
        }
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": -Dlunaria.seed=" + seed);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger growths = new AtomicInteger();
        Thread growing = new Thread(() -> {
            long capacity = profile.capacityBytes();
            do {
                capacity += unit;
                TestIo.await(store.resize(capacity));
            } while (growths.incrementAndGet() < 1000 && !done.get());
        });
        growing.start();
        try {
            RandomLoad.run(store, unit, seed);
        } finally {
            done.set(true);
            growing.join();
        }
        assertTrue(growths.get() > 0);
    }

    @Test
    void neighboursInTheSamePageDoNotDisturbEachOther() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": -Dlunaria.seed=" + seed);
        RandomLoad.run(store, unit, seed);
    }

    @Test
    void operationsThatOverlapNeverMixWithinABlock() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + ": -Dlunaria.seed=" + seed);
        OverlappingLoad.run(store, unit, readsAreWhole(), overlappingOperations(), seed);
        OverlappingLoad.run(store, 4096, readsAreWhole(), overlappingOperations(), seed);
    }

    @Test
    void eachStageCompletesOnce() {
        AtomicInteger completions = new AtomicInteger();
        int operations = 200;
        for (int i = 0; i < operations; i++) {
            CompletionStage<Void> stage = i % 2 == 0
                    ? store.write((long) i * unit, TestIo.direct(TestIo.pattern(i, unit)), NONE)
                    : store.read((long) i * unit, ByteBuffer.allocateDirect(unit));
            TestIo.await(stage.whenComplete((nothing, thrown) -> completions.incrementAndGet()));
        }
        assertEquals(operations, completions.get());
    }

    @Test
    void afterTheCloseEveryOperationIsOffline() throws IOException {
        store.close();
        ByteBuffer buffer = ByteBuffer.allocateDirect(unit);
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.read(0, buffer)));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.write(0, buffer, NONE)));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(store.flush()));
        if (profile.can(Capability.UNMAP)) {
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.unmap(0, unit)));
        }
        if (profile.can(Capability.WRITE_ZEROES)) {
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.writeZeroes(0, unit, NONE)));
        }
        if (profile.can(Capability.EXTENTS)) {
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.extents(0, unit)));
        }
        if (profile.can(Capability.SPACE)) {
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.space()));
        }
    }

    @Test
    void aCloseUnderLoadEndsEveryStageDoneOrOffline() throws Exception {
        RandomLoad.close(store, unit);
    }

    /** Reads more than one transfer may have. */
    private byte[] whole(long offset, int length) {
        int first = Math.min(length, profile.maxTransferBytes() / 2);
        byte[] bytes = Arrays.copyOf(io.read(offset, first), length);
        if (first < length) {
            System.arraycopy(io.read(offset + first, length - first), 0, bytes, first, length - first);
        }
        return bytes;
    }

    /** Asks for what the store does not declare; for one that declares all, for nothing. */
    private CompletionStage<?> undeclared() {
        if (!profile.can(Capability.UNMAP)) {
            return store.unmap(0, unit);
        }
        if (!profile.can(Capability.WRITE_ZEROES)) {
            return store.writeZeroes(0, unit, NONE);
        }
        if (!profile.can(Capability.EXTENTS)) {
            return store.extents(0, unit);
        }
        if (!profile.can(Capability.RESIZE)) {
            return store.resize(profile.capacityBytes() * 2);
        }
        if (!profile.can(Capability.SPACE)) {
            return store.space();
        }
        return Completions.failed(new BlockBackend.Failure(Fault.UNSUPPORTED, -1, "all is declared"));
    }
}
