package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.TestIo;
import org.lunaria.scsi.CopyStatus;
import org.lunaria.scsi.internal.mirror.MirrorCopy.Mode;
import org.lunaria.scsi.internal.slot.BackendSlot;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.slot.Policy;

class BackendChoiceTest {
    private static final int CAPACITY = 8 << 20;
    private static final long WAIT_NANOS = 60_000_000_000L;

    private final BackendSlot slot = new BackendSlot(
            "disk-1",
            new Policy(Policy.WhenGone.HOLD, 30_000),
            new ManualTimer(),
            System::nanoTime,
            new BackendSlot.Listener() {
                @Override
                public void profileChanged(BlockBackend.Profile before, BlockBackend.Profile now) {
                    // Of no interest here.
                }
            });
    private final ArrayBackend a = new ArrayBackend(CAPACITY, 512);
    private final ArrayBackend b = new ArrayBackend(CAPACITY, 512);
    private final BackendChoice choice = new BackendChoice("disk-1", slot, "a", Optional.empty());

    @AfterEach
    void close() {
        choice.close();
        slot.close();
    }

    @Test
    void theWantedOneIsTakenAndNoOther() {
        choice.arrived("b", b);
        assertEquals("", choice.servingId());
        choice.arrived("a", a);
        assertEquals("a", choice.servingId());
        choice.gone("a", a);
        assertEquals("", choice.servingId());
        assertEquals("DETACHED", slot.status().state());
    }

    @Test
    void anotherOneTakesItsPlaceWhenItIsThere() {
        choice.arrived("a", a);
        choice.want("b", Optional.empty());
        assertEquals("a", choice.servingId());
        assertEquals(Set.of("a", "b"), choice.ids());
        choice.arrived("b", b);
        assertEquals("b", choice.servingId());
        assertEquals(Set.of("b"), choice.ids());
        assertEquals(1, slot.status().swaps());
    }

    @Test
    void anEmptySuccessorOfAVolatileOneIsNotTakenUnlessAnotherIsAskedForByName() {
        a.isVolatile = true;
        choice.arrived("a", a);
        choice.gone("a", a);
        choice.arrived("a", new ArrayBackend(CAPACITY, 512));
        assertEquals("", choice.servingId());
        choice.arrived("b", b);
        choice.want("b", Optional.empty());
        assertEquals("b", choice.servingId());
    }

    @Test
    void aSmallerOneDoesNotTakeItsPlace() {
        choice.arrived("a", a);
        choice.arrived("b", new ArrayBackend(CAPACITY / 2, 512));
        choice.want("b", Optional.empty());
        assertEquals("a", choice.servingId());
        assertTrue(slot.isAttached());
    }

    @Test
    void aVolumeMovesUnderRandomWritesAndLosesNone() throws Exception {
        long seed = new Random().nextLong();
        a.contents(0, TestIo.pattern(1, CAPACITY));
        choice.arrived("a", a);
        choice.arrived("b", b);
        AtomicBoolean stop = new AtomicBoolean();
        byte[] model = TestIo.pattern(1, CAPACITY);
        Thread writer = new Thread(() -> write(model, new Random(seed), stop));
        writer.start();
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        await(() -> state().equals("IN_SYNC"));
        choice.want("b", Optional.empty());
        assertEquals("b", choice.servingId());
        assertEquals(Optional.empty(), choice.copy());
        stop.set(true);
        writer.join();
        assertArrayEquals(model, b.contents(0, CAPACITY), "seed " + seed);
    }

    @Test
    void theDestinationTakesOverNoSoonerThanItHasEverything() throws Exception {
        a.contents(0, TestIo.pattern(1, CAPACITY));
        choice.arrived("a", a);
        choice.arrived("b", b);
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 4 << 20)));
        choice.want("b", Optional.empty());
        assertEquals("a", choice.servingId());
        await(() -> choice.servingId().equals("b"));
        assertArrayEquals(a.contents(0, CAPACITY), b.contents(0, CAPACITY));
    }

    @Test
    void aDestinationThatGoesEndsTheCopyAndTheVolumeGoesOn() throws Exception {
        a.contents(0, TestIo.pattern(1, CAPACITY));
        choice.arrived("a", a);
        choice.arrived("b", b);
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 1 << 20)));
        assertEquals("RUNNING", state());
        choice.gone("b", b);
        assertEquals("FAILED", state());
        assertArrayEquals(TestIo.pattern(1, 4096), read());
        assertEquals("ATTACHED", slot.status().state());
        choice.arrived("b", new ArrayBackend(CAPACITY, 512));
        assertEquals("RUNNING", state());
    }

    @Test
    void aSourceThatGoesAndComesBeginsTheCopyAnew() throws Exception {
        choice.arrived("a", a);
        choice.arrived("b", b);
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        await(() -> state().equals("IN_SYNC"));
        choice.gone("a", a);
        assertEquals("DETACHED", slot.status().state());
        a.contents(4096, TestIo.pattern(3, 4096));
        choice.arrived("a", a);
        await(() -> state().equals("IN_SYNC"));
        assertArrayEquals(a.contents(0, CAPACITY), b.contents(0, CAPACITY));
    }

    @Test
    void aDestinationThatHasFailedNeverTakesOver() throws Exception {
        FaultyBackend faulty = new FaultyBackend(b);
        a.contents(0, TestIo.pattern(1, CAPACITY));
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, 0);
        choice.arrived("a", a);
        choice.arrived("b", faulty);
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        await(() -> state().equals("FAILED") && slot.status().detail().isEmpty());
        choice.want("b", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        assertEquals("a", choice.servingId());
        assertTrue(slot.isAttached());
    }

    @Test
    void aCopyThatIsNotWishedForAnyMoreEndsAndTheSourceGoesOnAlone() throws Exception {
        choice.arrived("a", a);
        choice.arrived("b", b);
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        await(() -> state().equals("IN_SYNC"));
        choice.want("a", Optional.empty());
        TestIo.await(slot.write(0, direct(TestIo.pattern(4, 512)), EnumSet.noneOf(BlockBackend.Flag.class)));
        assertArrayEquals(TestIo.pattern(4, 512), a.contents(0, 512));
        assertArrayEquals(new byte[512], b.contents(0, 512));
    }

    @Test
    void aDestinationThatCannotBeWrittenIsRefusedWithAReason() {
        choice.arrived("a", a);
        choice.arrived("b", new ArrayBackend(CAPACITY, 512, Set.of(Capability.EXTENTS)));
        choice.want("a", Optional.of(new CopyWish("b", Mode.COPY, 0)));
        assertEquals("FAILED", state());
        assertEquals(
                "the backend to copy to cannot be written",
                choice.copy().orElseThrow().detail());
        assertEquals("a", choice.servingId());
    }

    private void write(byte[] model, Random random, AtomicBoolean stop) {
        while (!stop.get()) {
            int blocks = 1 + random.nextInt(64);
            int at = random.nextInt(CAPACITY / 512 - blocks) * 512;
            byte[] bytes = TestIo.pattern(random.nextLong(), blocks * 512);
            if (random.nextInt(8) == 0) {
                bytes = new byte[blocks * 512];
                TestIo.await(slot.writeZeroes(at, bytes.length, EnumSet.of(BlockBackend.Flag.MAY_UNMAP)));
            } else {
                TestIo.await(slot.write(at, direct(bytes), EnumSet.noneOf(BlockBackend.Flag.class)));
            }
            System.arraycopy(bytes, 0, model, at, bytes.length);
        }
    }

    private byte[] read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        TestIo.await(slot.read(0, buffer));
        byte[] bytes = new byte[4096];
        buffer.get(0, bytes);
        return bytes;
    }

    private String state() {
        return choice.copy().map(CopyStatus::state).orElse("");
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come about");
            Thread.onSpinWait();
        }
    }
}
