package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

    private static final int BLOCK = 512;
    private static final int SIZE = 64 * BLOCK;
    private static final int LOG_BYTES = 6 * 4096 + 3 * 8192;
    private static final int RUNS = 30;
    private static final Path PATH = Path.of("/disk.img");
    private static final Set<Flag> NONE = EnumSet.noneOf(Flag.class);

    private CrashingCalls calls;
    private FileBackend store;

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
        calls = new CrashingCalls(chance);
        calls.make(PATH.toString(), SIZE);
        open();
        byte[] expected = fill(chance);
        calls.stopAt(at);
        boolean answered = isDone(store.resize(wanted).toCompletableFuture());
        close();
        boolean stopped = calls.isStopped();
        calls.restart(how);
        if (chance.nextBoolean()) {
            stopOpening(how, chance);
        }
        int has = calls.contents(PATH.toString()).length;
        assertTrue(has == wanted || has == SIZE && !answered, where + ": it has " + has);
        open();
        assertArrayEquals(Arrays.copyOf(expected, has), new TestIo(store).read(0, has), where);
        if (has < SIZE) {
            assertTrue(isDone(store.resize(SIZE).toCompletableFuture()), where);
            byte[] cut = Arrays.copyOf(Arrays.copyOf(expected, has), SIZE);
            assertArrayEquals(cut, new TestIo(store).read(0, SIZE), where + ", larger again");
        }
        close();
        return stopped;
    }

    private void stopOpening(Stop how, Random chance) throws Exception {
        calls.stopAt(1 + chance.nextInt(8));
        try {
            open();
            close();
        } catch (Recovery.Refusal e) {
            assertTrue(calls.isStopped(), e.getMessage());
        }
        calls.restart(how);
    }

    /** Writes all of it, and atomically what is at both ends, so that entries of the journal count: durable all of it. */
    private byte[] fill(Random chance) throws Exception {
        byte[] expected = new byte[SIZE];
        chance.nextBytes(expected);
        write(0, expected, NONE);
        assertTrue(isDone(store.flush().toCompletableFuture()));
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
        assertTrue(isDone(store.write(offset, source, flags).toCompletableFuture()));
    }

    private void open() throws Exception {
        int fd = calls.open(PATH.toString(), 2, 0);
        VolumeFile file = Config.file(PATH, fd, calls.contents(PATH.toString()).length);
        assertTrue(Recovery.finish(calls, file, false));
        store = new FileBackend(calls, file, LOG_BYTES, System::nanoTime);
    }

    /** Ends its threads; on a machine that has stopped it changes nothing. */
    private void close() {
        try {
            store.close();
        } catch (IOException e) {
            assertTrue(calls.isStopped(), e.getMessage());
        }
    }

    private static boolean isDone(CompletableFuture<Void> stage) throws Exception {
        try {
            stage.get(60, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }
}
