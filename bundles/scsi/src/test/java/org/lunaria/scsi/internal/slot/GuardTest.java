package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.Completions;
import org.lunaria.backend.TestIo;

class GuardTest {

    @Test
    void aDurableWriteIsPassedOnWhereTheBackendCanDoIt() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE, Capability.DURABLE_WRITE);
        guard(backend).write(0, buffer(512), Set.of(Flag.DURABLE));
        assertEquals(List.of("write 0+512 [DURABLE]"), backend.calls);
    }

    @Test
    void aDurableWriteIsAWriteAndAFlushWhereItCannot() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.slow = true;
        backend.slowFlush = true;
        CompletionStage<Void> write = guard(backend).write(0, buffer(512), Set.of(Flag.DURABLE));
        assertEquals(List.of("write 0+512 []"), backend.calls);
        backend.pending.get(0).complete(null);
        assertEquals(List.of("write 0+512 []", "flush"), backend.calls);
        backend.pending.get(1).complete(null);
        assertTrue(Completions.isDone(write));
    }

    @Test
    void anAtomicWriteIsPassedOnAsOneAndFlushedWhereItIsToBeDurable() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE, Capability.ATOMIC_WRITE);
        guard(backend).write(0, buffer(8192), Set.of(Flag.ATOMIC, Flag.DURABLE));
        assertEquals(List.of("write 0+8192 [ATOMIC]", "flush"), backend.calls);
    }

    @Test
    void anAtomicWriteNeverReachesABackendThatCannotDoIt() {
        ScriptedBackend less = new ScriptedBackend(Capability.WRITE, Capability.ATOMIC_WRITE);
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(guard(less).write(0, buffer(8704), Set.of(Flag.ATOMIC))));
        ScriptedBackend none = new ScriptedBackend(Capability.WRITE);
        assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(guard(none).write(0, buffer(512), Set.of(Flag.ATOMIC))));
        assertEquals(List.of(), less.calls);
        assertEquals(List.of(), none.calls);
    }

    @Test
    void zeroesAreWrittenPieceByPieceWhereTheBackendCannotMakeThem() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        assertTrue(Completions.isDone(guard(backend).writeZeroes(512, 150 * 1024, Set.of(Flag.MAY_UNMAP))));
        assertEquals(List.of("write 512+65536 []", "write 66048+65536 []", "write 131584+22528 []"), backend.calls);
    }

    @Test
    void zeroesAreWrittenToASlowBackendOnePieceAfterTheOther() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        backend.slow = true;
        backend.slowFlush = true;
        CompletionStage<Void> zeroed = guard(backend).writeZeroes(0, 128 * 1024, Set.of());
        assertEquals(1, backend.calls.size());
        backend.pending.get(0).complete(null);
        assertEquals(2, backend.calls.size());
        backend.pending.get(1).complete(null);
        assertTrue(Completions.isDone(zeroed));
    }

    @Test
    void durableZeroesAreFlushed() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE, Capability.WRITE_ZEROES);
        guard(backend).writeZeroes(0, 4096, Set.of(Flag.DURABLE, Flag.MAY_UNMAP));
        assertEquals(List.of("writeZeroes 0+4096 [MAY_UNMAP]", "flush"), backend.calls);
    }

    @Test
    void theFirstFlushReachesTheBackendAndOneWithNothingNewDoesNot() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        Guard guard = guard(backend);
        assertTrue(Completions.isDone(guard.flush()));
        assertTrue(Completions.isDone(guard.flush()));
        guard.read(0, buffer(512));
        assertTrue(Completions.isDone(guard.flush()));
        assertEquals(List.of("flush", "read 0+512"), backend.calls);
    }

    @Test
    void afterEveryKindOfChangeAFlushReachesTheBackend() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE, Capability.UNMAP, Capability.WRITE_ZEROES);
        Guard guard = guard(backend);
        guard.flush();
        guard.write(0, buffer(512), Set.of());
        guard.flush();
        guard.unmap(0, 4096);
        guard.flush();
        guard.writeZeroes(0, 4096, Set.of());
        guard.flush();
        assertEquals(4, backend.calls.stream().filter("flush"::equals).count());
    }

    @Test
    void aFlushDoesNotCoverAWriteThatEndsAfterItBegan() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        Guard guard = guard(backend);
        backend.slow = true;
        backend.slowFlush = true;
        guard.write(0, buffer(512), Set.of());
        guard.flush();
        backend.pending.get(0).complete(null);
        backend.pending.get(1).complete(null);
        assertFalse(Completions.isDone(guard.flush()));
        assertEquals(List.of("write 0+512 []", "flush", "flush"), backend.calls);
    }

    @Test
    void aSecondFlushDoesNotAnswerBeforeTheFirstHasEnded() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        Guard guard = guard(backend);
        backend.slow = true;
        backend.slowFlush = true;
        guard.flush();
        assertFalse(Completions.isDone(guard.flush()));
        assertEquals(2, backend.pending.size());
    }

    @Test
    void aFlushThatFailedLeavesTheChangesForTheNext() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        Guard guard = guard(backend);
        backend.slow = true;
        backend.slowFlush = true;
        guard.flush();
        backend.pending.get(0).completeExceptionally(new Failure(Fault.WRITE_ERROR, -1, "disk died"));
        guard.flush();
        assertEquals(List.of("flush", "flush"), backend.calls);
    }

    @Test
    void aWriteThatFailedMayHaveChangedSomething() {
        ScriptedBackend backend = new ScriptedBackend(Capability.WRITE);
        Guard guard = guard(backend);
        guard.flush();
        backend.slow = true;
        backend.slowFlush = true;
        guard.write(0, buffer(512), Set.of());
        backend.pending.get(0).completeExceptionally(new Failure(Fault.WRITE_ERROR, -1, "bad sector"));
        guard.flush();
        assertEquals(List.of("flush", "write 0+512 []", "flush"), backend.calls);
    }

    @Test
    void withoutExtentsAllIsData() {
        CompletionStage<List<Extent>> extents = guard(new ScriptedBackend()).extents(4096, 8192);
        assertEquals(
                List.of(new Extent(4096, 8192, Mapping.DATA)),
                extents.toCompletableFuture().join());
    }

    @Test
    void aBreachOfTheContractReachesNoBackend() {
        ScriptedBackend backend = new ScriptedBackend();
        Guard guard = guard(backend);
        assertBreach(() -> guard.read(-512, buffer(512)));
        assertBreach(() -> guard.read(ScriptedBackend.CAPACITY, buffer(512)));
        assertBreach(() -> guard.read(ScriptedBackend.CAPACITY - 512, buffer(1024)));
        assertBreach(() -> guard.read(Long.MAX_VALUE - 511, buffer(512)));
        assertBreach(() -> guard.read(1, buffer(512)));
        assertBreach(() -> guard.read(0, buffer(513)));
        assertBreach(() -> guard.read(0, buffer(0)));
        assertBreach(() -> guard.read(0, buffer(128 * 1024)));
        assertBreach(() -> guard.read(0, ByteBuffer.allocate(512)));
        assertBreach(() -> guard.write(0, buffer(512), Set.of()));
        assertBreach(() -> guard.unmap(0, 4096));
        assertBreach(() -> guard.writeZeroes(0, 4096, Set.of()));
        assertEquals(List.of(), backend.calls);
    }

    private static void assertBreach(Runnable call) {
        assertThrows(IllegalArgumentException.class, call::run);
    }

    private static Guard guard(ScriptedBackend backend) {
        return new Guard(backend, new Counters());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }
}
