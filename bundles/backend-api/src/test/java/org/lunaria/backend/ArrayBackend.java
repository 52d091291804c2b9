package org.lunaria.backend;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A store in one array, for tests: does everything, and everything at once on the calling thread. It asserts its
 * caller's side of the contract, and counts flushes and durable writes. Thread-safe.
 */
public final class ArrayBackend implements BlockBackend {

    /** Granularity of holes. */
    public static final int UNMAP_BYTES = 4096;

    /** Largest range of a write with {@link Flag#ATOMIC}. */
    public static final int ATOMIC_BYTES = 256 * 1024;

    private static final int MAX_TRANSFER_BYTES = 1 << 20;

    /** What the test has it say. */
    public volatile boolean isVolatile;

    private byte[] bytes;
    private final BitSet mapped = new BitSet();
    private Profile profile;
    private boolean closed;
    private int flushes;
    private int durableWrites;
    private int atomicWrites;
    private int scrubs;

    /** Space that others have taken. */
    private long takenBytes;

    /** A store that can do everything. */
    public ArrayBackend(int capacityBytes, int blockBytes) {
        this(capacityBytes, blockBytes, EnumSet.allOf(Capability.class));
    }

    /** A store that can do this and no more. */
    public ArrayBackend(int capacityBytes, int blockBytes, Set<Capability> capabilities) {
        bytes = new byte[capacityBytes];
        profile = new Profile(
                capacityBytes,
                blockBytes,
                Math.max(blockBytes, 4096),
                0,
                MAX_TRANSFER_BYTES,
                capabilities.contains(Capability.UNMAP) ? UNMAP_BYTES : 0,
                capabilities.contains(Capability.ATOMIC_WRITE) ? ATOMIC_BYTES : 0,
                capabilities);
    }

    @Override
    public boolean isVolatile() {
        return isVolatile;
    }

    /** A copy of what is stored. */
    public synchronized byte[] contents(long offset, int length) {
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    /** Changes what is stored, behind the engine's back. */
    public synchronized void contents(long offset, byte[] now) {
        System.arraycopy(now, 0, bytes, (int) offset, now.length);
        map(offset, now.length);
    }

    public synchronized int flushes() {
        return flushes;
    }

    /** From now on others take so much of the space that there is for the store, which is its capacity. */
    public synchronized void takenByOthers(long takenBytes) {
        this.takenBytes = takenBytes;
    }

    /** Writes with {@link Flag#DURABLE}. */
    public synchronized int durableWrites() {
        return durableWrites;
    }

    /** Calls of {@link #scrub}. */
    public synchronized int scrubs() {
        return scrubs;
    }

    /** Writes with {@link Flag#ATOMIC}. */
    public synchronized int atomicWrites() {
        return atomicWrites;
    }

    @Override
    public synchronized Profile profile() {
        return profile;
    }

    @Override
    public synchronized CompletionStage<Void> read(long offset, ByteBuffer target) {
        if (closed) {
            return offline();
        }
        checkTransfer(offset, target);
        target.put(bytes, (int) offset, target.remaining());
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
        if (closed) {
            return offline();
        }
        check(Capability.WRITE);
        checkTransfer(offset, source);
        if (flags.contains(Flag.DURABLE)) {
            check(Capability.DURABLE_WRITE);
            durableWrites++;
        }
        if (flags.contains(Flag.ATOMIC)) {
            checkAtomic(source);
            atomicWrites++;
        }
        map(offset, source.remaining());
        source.get(bytes, (int) offset, source.remaining());
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> flush() {
        if (closed) {
            return offline();
        }
        flushes++;
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> scrub() {
        if (closed) {
            return offline();
        }
        scrubs++;
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> unmap(long offset, long length) {
        if (closed) {
            return offline();
        }
        if (!profile.can(Capability.UNMAP)) {
            return BlockBackend.super.unmap(offset, length);
        }
        checkRange(offset, length);
        free(offset, length);
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        if (closed) {
            return offline();
        }
        if (!profile.can(Capability.WRITE_ZEROES)) {
            return BlockBackend.super.writeZeroes(offset, length, flags);
        }
        checkRange(offset, length);
        map(offset, length);
        if (flags.contains(Flag.MAY_UNMAP)) {
            free(offset, length);
        } else {
            Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
        }
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<List<Extent>> extents(long offset, long length) {
        if (closed) {
            return offline();
        }
        if (!profile.can(Capability.EXTENTS)) {
            return BlockBackend.super.extents(offset, length);
        }
        checkRange(offset, length);
        List<Extent> extents = new ArrayList<>();
        long end = offset + length;
        for (long from = offset; from < end; ) {
            int unit = (int) (from / UNMAP_BYTES);
            boolean data = mapped.get(unit);
            int next = data ? mapped.nextClearBit(unit) : mapped.nextSetBit(unit);
            long to = next < 0 ? end : Math.min(end, (long) next * UNMAP_BYTES);
            extents.add(new Extent(from, to - from, data ? Mapping.DATA : Mapping.HOLE));
            from = to;
        }
        return Completions.of(extents);
    }

    @Override
    public synchronized CompletionStage<Void> resize(long capacityBytes) {
        if (closed) {
            return offline();
        }
        if (!profile.can(Capability.RESIZE)) {
            return BlockBackend.super.resize(capacityBytes);
        }
        bytes = Arrays.copyOf(bytes, (int) capacityBytes);
        profile = new Profile(
                capacityBytes,
                profile.blockBytes(),
                profile.physicalBlockBytes(),
                profile.optimalBytes(),
                profile.maxTransferBytes(),
                profile.unmapBytes(),
                profile.atomicBytes(),
                profile.capabilities());
        return Completions.DONE;
    }

    @Override
    public synchronized CompletionStage<Space> space() {
        if (closed) {
            return offline();
        }
        if (!profile.can(Capability.SPACE)) {
            return BlockBackend.super.space();
        }
        long used = Math.min(bytes.length, (long) mapped.cardinality() * UNMAP_BYTES);
        return Completions.of(new Space(used, Math.max(0, bytes.length - used - takenBytes), true));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void map(long offset, long length) {
        mapped.set((int) (offset / UNMAP_BYTES), (int) ((offset + length + UNMAP_BYTES - 1) / UNMAP_BYTES));
    }

    /** Zeroes a range; whole units become holes. */
    private void free(long offset, long length) {
        Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
        int first = (int) ((offset + UNMAP_BYTES - 1) / UNMAP_BYTES);
        int end = (int) ((offset + length) / UNMAP_BYTES);
        if (first < end) {
            mapped.clear(first, end);
        }
    }

    private void check(Capability capability) {
        if (!profile.can(capability)) {
            throw new AssertionError("the caller uses " + capability + ", which is not declared");
        }
    }

    private void checkAtomic(ByteBuffer source) {
        check(Capability.ATOMIC_WRITE);
        if (source.remaining() > profile.atomicBytes()) {
            throw new AssertionError("the caller's atomic write has " + source.remaining() + " bytes");
        }
    }

    private void checkTransfer(long offset, ByteBuffer buffer) {
        if (!buffer.isDirect() || buffer.remaining() > profile.maxTransferBytes()) {
            throw new AssertionError("the caller hands over " + buffer);
        }
        checkRange(offset, buffer.remaining());
    }

    private void checkRange(long offset, long length) {
        boolean aligned = offset % profile.blockBytes() == 0 && length % profile.blockBytes() == 0;
        if (!aligned || offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new AssertionError("the caller's range is " + length + " bytes at " + offset);
        }
    }

    private static <T> CompletionStage<T> offline() {
        return Completions.failed(new Failure(Fault.OFFLINE, -1, "the store is closed"));
    }
}
