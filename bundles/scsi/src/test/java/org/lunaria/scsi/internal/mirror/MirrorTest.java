package org.lunaria.scsi.internal.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.backend.TestIo;

class MirrorTest {
    private static final int PIECE = MirrorCopy.PIECE_BYTES;
    private static final int CAPACITY = 3 * PIECE;
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private final ArrayBackend source = new ArrayBackend(CAPACITY, 512);
    private final ArrayBackend destination = new ArrayBackend(CAPACITY, 512);

    @Test
    void aWriteBeforeItsPieceIsCopiedGoesToTheSourceAlone() {
        Mirror mirror = new Mirror("u", source, destination);
        new TestIo(mirror).write(0, TestIo.pattern(1, 4096));
        assertArrayEquals(new byte[4096], destination.contents(0, 4096));
        assertArrayEquals(TestIo.pattern(1, 4096), source.contents(0, 4096));
    }

    @Test
    void aWriteBehindTheCopyGoesToBoth() throws Exception {
        Mirror mirror = new Mirror("u", source, destination);
        assertEquals(MirrorCopy.State.IN_SYNC, copy(mirror, MirrorCopy.Mode.COPY));
        new TestIo(mirror).write(PIECE - 512, TestIo.pattern(2, 4096));
        assertArrayEquals(TestIo.pattern(2, 4096), destination.contents(PIECE - 512, 4096));
        assertArrayEquals(TestIo.pattern(2, 4096), source.contents(PIECE - 512, 4096));
    }

    @Test
    void changesThatOverlapAreDoneOneAfterTheOtherOnBoth() throws Exception {
        SlowBackend slow = new SlowBackend(destination);
        slow.letThrough(true);
        Mirror mirror = new Mirror("u", source, slow);
        copy(mirror, MirrorCopy.Mode.COPY);
        slow.letThrough(false);
        CompletionStage<Void> first = mirror.write(0, direct(1, 8192), NONE);
        CompletionStage<Void> second = mirror.write(4096, direct(2, 8192), NONE);
        CompletionStage<Void> elsewhere = mirror.write(65536, direct(3, 512), NONE);
        assertEquals(List.of(Operation.WRITE, Operation.WRITE), slow.held());
        assertArrayEquals(
                new byte[4096], source.contents(8192, 4096), "the second write came before the first had ended");
        slow.release(1);
        TestIo.await(elsewhere);
        slow.release();
        TestIo.await(first);
        assertFalse(second.toCompletableFuture().isDone());
        slow.release();
        TestIo.await(second);
        assertArrayEquals(source.contents(0, CAPACITY), destination.contents(0, CAPACITY));
    }

    @Test
    void anUnmapLeavesZeroesOnBoth() throws Exception {
        source.contents(0, TestIo.pattern(4, CAPACITY));
        Mirror mirror = new Mirror("u", source, destination);
        copy(mirror, MirrorCopy.Mode.COPY);
        TestIo.await(mirror.unmap(512, 9000 / 512 * 512));
        assertArrayEquals(new byte[8704], source.contents(512, 8704));
        assertArrayEquals(source.contents(0, CAPACITY), destination.contents(0, CAPACITY));
    }

    @Test
    void aFailureOfTheDestinationIsNoInitiatorsErrorButEndsTheMirror() throws Exception {
        FaultyBackend faulty = new FaultyBackend(destination);
        Mirror mirror = new Mirror("u", source, faulty);
        MirrorCopy copy = started(mirror, MirrorCopy.Mode.COPY);
        assertEquals(MirrorCopy.State.IN_SYNC, copy.state());
        faulty.failNext(Operation.WRITE, Fault.WRITE_ERROR, 0);
        new TestIo(mirror).write(0, TestIo.pattern(5, 512));
        assertEquals(MirrorCopy.State.FAILED, copy.state());
        assertTrue(mirror.lost().orElseThrow().contains("the backend to copy to failed"), mirror.lost()::toString);
        new TestIo(mirror).write(512, TestIo.pattern(6, 512));
        assertArrayEquals(TestIo.pattern(6, 512), source.contents(512, 512));
        assertArrayEquals(new byte[512], destination.contents(512, 512));
    }

    @Test
    void aFailureOfTheSourceIsToldAndEndsTheMirrorForNobodyKnowsWhatItHas() throws Exception {
        FaultyBackend faulty = new FaultyBackend(source);
        Mirror mirror = new Mirror("u", faulty, destination);
        copy(mirror, MirrorCopy.Mode.COPY);
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, 0);
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(mirror.write(0, direct(7, 512), NONE)));
        assertTrue(mirror.lost().isPresent());
    }

    @Test
    void aReadErrorOfTheSourceEndsTheCopyAndNotTheVolume() throws Exception {
        FaultyBackend faulty = new FaultyBackend(source);
        source.contents(0, TestIo.pattern(8, 4096));
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 0);
        Mirror mirror = new Mirror("u", faulty, destination);
        assertEquals(MirrorCopy.State.FAILED, copy(mirror, MirrorCopy.Mode.COPY));
        assertArrayEquals(TestIo.pattern(8, 4096), new TestIo(mirror).read(0, 4096));
    }

    @Test
    void aComparisonFindsTheFirstByteThatDiffersAndChangesNothing() throws Exception {
        source.contents(0, TestIo.pattern(9, CAPACITY));
        destination.contents(0, TestIo.pattern(9, CAPACITY));
        Mirror equal = new Mirror("u", source, destination);
        assertEquals(MirrorCopy.State.IN_SYNC, copy(equal, MirrorCopy.Mode.COMPARE));
        byte[] one = destination.contents(PIECE + 77, 1);
        one[0]++;
        destination.contents(PIECE + 77, one);
        Mirror different = new Mirror("u", source, destination);
        assertEquals(MirrorCopy.State.FAILED, copy(different, MirrorCopy.Mode.COMPARE));
        assertEquals(Optional.of("the two differ at byte " + (PIECE + 77)), different.lost());
        assertArrayEquals(one, destination.contents(PIECE + 77, 1));
    }

    @Test
    void holesAreNotCopiedAsBytes() throws Exception {
        source.contents(PIECE, TestIo.pattern(10, 4096));
        destination.contents(0, TestIo.pattern(11, CAPACITY));
        Mirror mirror = new Mirror("u", source, destination);
        assertEquals(MirrorCopy.State.IN_SYNC, copy(mirror, MirrorCopy.Mode.COPY));
        assertArrayEquals(source.contents(0, CAPACITY), destination.contents(0, CAPACITY));
        new TestIo(destination)
                .extents(0, PIECE)
                .forEach(extent -> assertEquals(org.lunaria.backend.BlockBackend.Mapping.HOLE, extent.mapping()));
    }

    @Test
    void whatCannotTakeTheBytesIsRefused() {
        ArrayBackend smaller = new ArrayBackend(CAPACITY - 512, 512);
        ArrayBackend readOnly = new ArrayBackend(CAPACITY, 512, Set.of(Capability.EXTENTS));
        assertTrue(Mirror.refusal(source.profile(), smaller.profile()).isPresent());
        assertTrue(Mirror.refusal(source.profile(), readOnly.profile()).isPresent());
        assertEquals(Optional.empty(), Mirror.refusal(source.profile(), destination.profile()));
    }

    private static MirrorCopy.State copy(Mirror mirror, MirrorCopy.Mode mode) throws Exception {
        return started(mirror, mode).state();
    }

    private static MirrorCopy started(Mirror mirror, MirrorCopy.Mode mode) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        MirrorCopy copy = new MirrorCopy("u", mirror, mode, new Pace(0), ended::countDown);
        copy.start();
        assertTrue(ended.await(60, TimeUnit.SECONDS));
        return copy;
    }

    private static ByteBuffer direct(int seed, int bytes) {
        return ByteBuffer.allocateDirect(bytes).put(TestIo.pattern(seed, bytes)).flip();
    }
}
