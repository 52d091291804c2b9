package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.backend.file.internal.CrashingVolume.BLOCK;
import static org.lunaria.backend.file.internal.CrashingVolume.isDone;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.file.internal.CrashingCalls.Stop;

/**
 * Stops the machine at each call that makes a volume larger or smaller, opens the volume anew, maybe stops at a call of that as
 * well, and looks at what is there: it is of one size or the other, all that was durable is there up to the smaller of them, and
 * what was behind it does not come back.
 */
class ResizeCrashTest {

    private static final int SIZE = 64 * BLOCK;
    private static final int RUNS = 30;
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private CrashingVolume volume;

    @ParameterizedTest
    @CsvSource({"KILL,16384", "KILL,65536", "POWER_LOSS,16384", "POWER_LOSS,65536"})
    void whereverTheMachineStopsTheVolumeIsWholeAndOfEitherSize(Stop how, int wanted) throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("ResizeCrashTest " + how + " " + wanted + ": -Dlunaria.seed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            boolean stopped = true;
            for (long at = 1; stopped; at++) {
                String where = how + " seed " + seed + " run " + run + " stopped at " + at;
                stopped = stopAndLook(how, wanted, new Random(seed + 31 * run + at), at, where);
                assertTrue(stopped || at > 2, where + ": a change of size has more steps");
            }
        }
    }

    /** Whether the machine was stopped at all, so that there may be a later place. */
    private boolean stopAndLook(Stop how, int wanted, Random chance, long at, String where) throws Exception {
        volume = new CrashingVolume(chance, SIZE);
        byte[] expected = fill(chance);
        volume.calls().stopAt(at);
        boolean answered = isDone(volume.store().resize(wanted));
        volume.close();
        boolean stopped = volume.calls().isStopped();
        volume.restart(how);
        int has = volume.bytes();
        assertTrue(has == wanted || has == SIZE && !answered, where + ": it has " + has);
        volume.open();
        assertArrayEquals(Arrays.copyOf(expected, has), new TestIo(volume.store()).read(0, has), where);
        if (has < SIZE) {
            assertTrue(isDone(volume.store().resize(SIZE)), where);
            byte[] cut = Arrays.copyOf(Arrays.copyOf(expected, has), SIZE);
            assertArrayEquals(cut, new TestIo(volume.store()).read(0, SIZE), where + ", larger again");
        }
        volume.close();
        return stopped;
    }

    /** Writes all of it, and atomically what is at both ends, so that entries of the journal count: durable all of it. */
    private byte[] fill(Random chance) throws Exception {
        byte[] expected = new byte[SIZE];
        chance.nextBytes(expected);
        write(0, expected, NONE);
        assertTrue(isDone(volume.store().flush()));
        for (int first : new int[] {0, SIZE - 8 * BLOCK}) {
            byte[] atomic = new byte[8 * BLOCK];
            chance.nextBytes(atomic);
            write(first, atomic, EnumSet.of(Flag.ATOMIC));
            System.arraycopy(atomic, 0, expected, first, atomic.length);
        }
        return expected;
    }

    private void write(long offset, byte[] bytes, Set<Flag> flags) throws Exception {
        ByteBuffer source = ByteBuffer.allocateDirect(bytes.length).put(bytes).rewind();
        assertTrue(isDone(volume.store().write(offset, source, flags)));
    }
}
