package org.lunaria.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A store of bytes that can be plugged in and out while initiators stay logged in. Positions and lengths are bytes.
 *
 * <p>The caller guarantees: a range lies inside the capacity and is a multiple of {@link Profile#blockBytes}; one of a read
 * or a write is at most {@link Profile#maxTransferBytes}; buffers are direct; only declared capabilities are used; nothing
 * that overlaps a write with {@link Flag#ATOMIC} is in flight together with it; nothing is called after {@link #close}.
 *
 * <p>In turn a backend never blocks the calling thread, may be called by any thread, may complete on any thread and in
 * any order, and completes each stage exactly once: normally only when the whole range is done, else with a
 * {@link Failure}. A buffer belongs to the backend from the call to the completion; the range is the one between its
 * position and its limit, and where position and limit stand after the completion means nothing. Ranges that overlap
 * while in flight have no order among each other; but 4096 bytes that are aligned are
 * never stored as a mixture of two operations. A read that overlaps a change may bring one, where the store has no cheap
 * way to keep them apart, as file systems have none.
 *
 * <p>An operation that is done when the method returns gives {@link Completions#DONE} back (or another stage that is
 * complete already): its caller goes on at once, on the same thread, without a hop.
 *
 * <p>Thread-safe.
 */
@ConsumerType
public interface BlockBackend extends AutoCloseable {

    /** What a backend can do beyond reading. */
    enum Capability {
        /** Takes {@link #write}, {@link #writeZeroes} if declared, and {@link #unmap} if declared. */
        WRITE,
        /** Obeys {@link Flag#DURABLE} by itself; for others the engine flushes after the write. */
        DURABLE_WRITE,
        /** Takes {@link #unmap}, and afterwards uses less space. */
        UNMAP,
        /** Takes {@link #writeZeroes}; for others the engine writes zeroes. */
        WRITE_ZEROES,
        /** Takes {@link #extents}. */
        EXTENTS,
        /** Takes {@link #resize}. */
        RESIZE,
        /** Obeys {@link Flag#ATOMIC} for up to {@link Profile#atomicBytes}; nobody can emulate it for others. */
        ATOMIC_WRITE,
        /** Takes {@link #space}. */
        SPACE
    }

    /** How a write is to be done. */
    enum Flag {
        /** The completion means that the bytes are on stable storage. */
        DURABLE,
        /** {@link #writeZeroes} may leave a hole that reads as zeroes. */
        MAY_UNMAP,
        /**
         * Of {@link #write}: all of the range becomes the new bytes, or none of it does, whatever ends the operation: a
         * failure, the end of the process, a loss of power, a close. Who opens the store after that finds one or the other.
         * Says nothing about when it is durable: after a loss of power it may be undone, as any write without {@link
         * #DURABLE} may, but as a whole. A later change of the range is never undone by it.
         */
        ATOMIC
    }

    /** Why an operation failed. The SCSI engine alone turns it into sense data. */
    enum Fault {
        /** The store cannot be reached, or was closed. */
        OFFLINE,
        /** No room for one more operation now; nothing was done, and the caller may come again. */
        BUSY,
        READ_ERROR,
        WRITE_ERROR,
        /** The store is full. */
        NO_SPACE,
        READ_ONLY,
        UNSUPPORTED,
        INTERNAL
    }

    /** What stands behind a range of bytes. */
    enum Mapping {
        /** Bytes that were written. */
        DATA,
        /** Nothing: the range takes no space and reads as zeroes. */
        HOLE,
        /** The range takes space and reads as zeroes. */
        ZERO
    }

    /**
     * What a backend is now. Cheap to read, free to change (growth, a lost right): the engine looks at it before each
     * command. An unchanged profile is the same object, so that a comparison by reference suffices.
     *
     * @param capacityBytes size of the store, a multiple of blockBytes, above 0
     * @param blockBytes smallest unit of a transfer: a power of two from 1 to 4096; ranges are multiples of it
     * @param physicalBlockBytes unit that the store writes without reading first: a power of two, at least blockBytes
     * @param optimalBytes preferred size of a large transfer, or 0 for none
     * @param maxTransferBytes largest range of a read or write, at least 64 KiB, a multiple of blockBytes
     * @param unmapBytes granularity at which {@link #unmap} and holes work, or 0 without UNMAP
     * @param atomicBytes largest range of a write with {@link Flag#ATOMIC}, a multiple of blockBytes and at most
     *     maxTransferBytes, wherever it begins; 0 without ATOMIC_WRITE
     * @param capabilities what the backend can do; immutable
     */
    record Profile(
            long capacityBytes,
            int blockBytes,
            int physicalBlockBytes,
            int optimalBytes,
            int maxTransferBytes,
            int unmapBytes,
            int atomicBytes,
            Set<Capability> capabilities) {

        /** Of a backend without {@link Capability#ATOMIC_WRITE}. */
        public Profile(
                long capacityBytes,
                int blockBytes,
                int physicalBlockBytes,
                int optimalBytes,
                int maxTransferBytes,
                int unmapBytes,
                Set<Capability> capabilities) {
            this(
                    capacityBytes,
                    blockBytes,
                    physicalBlockBytes,
                    optimalBytes,
                    maxTransferBytes,
                    unmapBytes,
                    0,
                    capabilities);
        }

        public Profile {
            require(capacityBytes > 0 && capacityBytes % blockBytes == 0, "capacityBytes", capacityBytes);
            require(Integer.bitCount(blockBytes) == 1 && blockBytes <= 4096, "blockBytes", blockBytes);
            require(
                    Integer.bitCount(physicalBlockBytes) == 1 && physicalBlockBytes >= blockBytes,
                    "physicalBlockBytes",
                    physicalBlockBytes);
            require(optimalBytes >= 0, "optimalBytes", optimalBytes);
            require(
                    maxTransferBytes >= 64 * 1024 && maxTransferBytes % blockBytes == 0,
                    "maxTransferBytes",
                    maxTransferBytes);
            require(unmapBytes >= 0, "unmapBytes", unmapBytes);
            require(
                    atomicBytes >= 0 && atomicBytes <= maxTransferBytes && atomicBytes % blockBytes == 0,
                    "atomicBytes",
                    atomicBytes);
            require(atomicBytes > 0 == capabilities.contains(Capability.ATOMIC_WRITE), "atomicBytes", atomicBytes);
            capabilities = Set.copyOf(capabilities);
        }

        public boolean can(Capability capability) {
            return capabilities.contains(capability);
        }

        private static void require(boolean holds, String name, long value) {
            if (!holds) {
                throw new IllegalArgumentException("profile with " + name + " = " + value);
            }
        }
    }

    /**
     * A range that has one {@link Mapping}.
     *
     * @param offset first byte
     * @param length in bytes, above 0
     */
    record Extent(long offset, long length, Mapping mapping) {}

    /**
     * What a store takes of what its bytes come from, and what is left of that: estimates, and old once they are told.
     *
     * @param usedBytes what this store takes
     * @param availableBytes what it may take besides
     * @param shared whether others may take of what is available, as files of one file system do
     */
    record Space(long usedBytes, long availableBytes, boolean shared) {}

    /** An operation that failed. Its message names the store and the cause, for the log. */
    final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final Fault fault;
        private final long offset;

        /**
         * @param fault why
         * @param offset the first byte known to be bad, or -1 when that is not known
         * @param message which store, and what happened to it
         */
        public Failure(Fault fault, long offset, String message) {
            super(message);
            this.fault = fault;
            this.offset = offset;
        }

        public Failure(Fault fault, long offset, String message, Throwable cause) {
            super(message, cause);
            this.fault = fault;
            this.offset = offset;
        }

        public Fault fault() {
            return fault;
        }

        /** The first byte known to be bad, or -1. */
        public long offset() {
            return offset;
        }
    }

    Profile profile();

    /** Fills {@code target} from position to limit with the bytes at {@code offset}. */
    CompletionStage<Void> read(long offset, ByteBuffer target);

    /** Stores the bytes of {@code source} from position to limit at {@code offset}. */
    CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags);

    /** Makes every write, unmap and writeZeroes that was completed before this call durable. */
    CompletionStage<Void> flush();

    /**
     * Destroys, durably, the copies that the store itself keeps of bytes that were overwritten or unmapped before this call,
     * as a journal has some. A store that keeps none has nothing to do.
     */
    default CompletionStage<Void> scrub() {
        return Completions.DONE;
    }

    /** Gives space back; a hint: what is not aligned keeps its bytes or reads as zeroes, never anything else. */
    default CompletionStage<Void> unmap(long offset, long length) {
        return unsupported("unmap");
    }

    /** Makes the range read as zeroes. Leaves a hole only with {@link Flag#MAY_UNMAP}. */
    default CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
        return unsupported("writeZeroes");
    }

    /**
     * Tells what stands behind a range: ascending, contiguous from {@code offset} on, not beyond its end, at least one
     * extent, but maybe fewer bytes than asked for.
     */
    default CompletionStage<List<Extent>> extents(long offset, long length) {
        return unsupported("extents");
    }

    /**
     * What is in its way now, or what of its configuration it does not obey: one sentence for an administrator, or nothing
     * when all is well. Cheap; asked for by any thread whenever somebody looks, and never on the way of a command.
     */
    default String trouble() {
        return "";
    }

    /**
     * Whether the bytes are kept by this object alone and go with it, so that one that opens the same volume later begins without
     * them: it is not put in this one's place then, where initiators may still know the bytes.
     */
    default boolean isVolatile() {
        return false;
    }

    /**
     * Changes the capacity, durably. The new {@link #profile} is there when the stage completes. What is added reads as zeroes;
     * what was behind a smaller capacity is destroyed, and does not come back with a larger one. Operations in flight within
     * the smaller of the two go on. One that fails leaves the capacity as it was, with {@link Fault#NO_SPACE} when the store
     * cannot take what would be added; but a store that became smaller, and cannot make that durable, has the smaller profile.
     *
     * @param capacityBytes a multiple of {@link Profile#blockBytes}, above 0; there may be so many already
     */
    default CompletionStage<Void> resize(long capacityBytes) {
        return unsupported("resize");
    }

    /** Tells what the store takes, and what is left for it. */
    default CompletionStage<Space> space() {
        return unsupported("space");
    }

    /** Ends the backend; called by its owner only. What is in flight ends, at the worst with {@link Fault#OFFLINE}. */
    @Override
    void close() throws IOException;

    private static <T> CompletionStage<T> unsupported(String operation) {
        return Completions.failed(new Failure(Fault.UNSUPPORTED, -1, operation + " is not a capability of this store"));
    }
}
