package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;

/** A backend's operations as a test wants them: waited for, with arrays. Thread-safe. */
public final class TestIo {

    /** Far above what an operation takes: a stage that never completes fails the test. */
    private static final int WAIT_SECONDS = 60;

    private final BlockBackend store;

    public TestIo(BlockBackend store) {
        this.store = store;
    }

    public byte[] read(long offset, int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        await(store.read(offset, buffer));
        return array(buffer);
    }

    public void write(long offset, byte[] bytes) {
        await(store.write(offset, direct(bytes), EnumSet.noneOf(Flag.class)));
    }

    public List<Extent> extents(long offset, long length) {
        return await(store.extents(offset, length));
    }

    /** Walks a range and compares what is said with what is read. */
    void checkExtents(long offset, long length) {
        long at = offset;
        while (at < offset + length) {
            List<Extent> extents = extents(at, offset + length - at);
            assertTrue(!extents.isEmpty(), "no extent at " + at);
            for (Extent extent : extents) {
                assertEquals(at, extent.offset());
                assertTrue(extent.length() > 0 && at + extent.length() <= offset + length, extent::toString);
                if (extent.mapping() != Mapping.DATA) {
                    checkZeroes(extent);
                }
                at += extent.length();
            }
        }
    }

    private void checkZeroes(Extent extent) {
        long end = extent.offset() + extent.length();
        for (long at = extent.offset(); at < end; ) {
            int part = (int) Math.min(64 * 1024, end - at);
            for (byte each : read(at, part)) {
                assertEquals(0, each, extent::toString);
            }
            at += part;
        }
    }

    /** The value of a stage, or the exception that it completed with. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no completion in " + WAIT_SECONDS + " s", e);
        }
    }

    /** The fault of a stage that must fail. */
    public static Fault faultOf(CompletionStage<?> stage) {
        ExecutionException thrown = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS));
        return Completions.failure(thrown.getCause()).fault();
    }

    /** Bytes without zeroes that depend on the seed. */
    public static byte[] pattern(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] |= 1;
        }
        return bytes;
    }

    public static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    static ByteBuffer filled(int length, byte value) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            buffer.put(i, value);
        }
        return buffer;
    }

    /** All bytes of a buffer, whatever its position and limit. */
    static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.duplicate().clear().get(bytes);
        return bytes;
    }
}
