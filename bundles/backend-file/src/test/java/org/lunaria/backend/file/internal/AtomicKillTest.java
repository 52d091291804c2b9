package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** Another process writes atomically, and is killed (SIGKILL) in the middle of it, wherever it is. */
class AtomicKillTest {

    private static final int RANGES = 4;
    private static final int RANGE_BYTES = 256 * 1024;
    private static final int SIZE = RANGES * RANGE_BYTES;
    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    @Test
    void whenItsProcessIsKilledARangeIsOfOneWriteAndOfNoneBeforeTheLastAnswered() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("AtomicKillTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        Path path = folder.resolve("disk.img");
        int number = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int from = number;
            number = writeUntilKilled(path, from, 1 + random.nextInt(40));
            FileCalls calls = new Glibc();
            FileBackend store = new FileBackend(calls, FileOpener.open(calls, Config.creating(path, SIZE)));
            for (int range = 0; range < RANGES; range++) {
                check(new TestIo(store), range, from, number, "kill " + kill + " seed " + seed);
            }
            store.close();
            // One more may have been done than was answered: its number is not used again.
            number += RANGES;
        }
    }

    /** The last number that was answered. */
    private static int writeUntilKilled(Path path, int from, int answers) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        Writer.class.getName(),
                        path.toString(),
                        String.valueOf(from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = new BufferedReader(new InputStreamReader(writer.getInputStream()))) {
            for (int i = 0; i < answers; i++) {
                assertTrue(told.readLine() != null, "the writer has ended by itself");
            }
            // Not by way of the Process, which would close what it has told.
            writer.toHandle().destroyForcibly();
            int last = from + answers;
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                last = line.isEmpty() ? last : Math.max(last, Integer.parseInt(line));
            }
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
            return last;
        }
    }

    /** @param from the last number of the process before */
    private static void check(TestIo io, int range, int from, int answered, String where) {
        ByteBuffer bytes = ByteBuffer.wrap(io.read((long) range * RANGE_BYTES, RANGE_BYTES));
        int number = bytes.getInt(0);
        while (bytes.hasRemaining()) {
            assertEquals(number, bytes.getInt(), where + ": a mixture in range " + range);
        }
        int least = answered - Math.floorMod(answered - range, RANGES);
        assertTrue(
                number >= least || least <= from,
                where + ": range " + range + " is of " + number + ", answered was " + least);
    }

    /** Writes number after number, each to a range by turns, and tells each that was answered. */
    static final class Writer {
        public static void main(String[] arguments) {
            FileCalls calls = new Glibc();
            FileBackend store =
                    new FileBackend(calls, FileOpener.open(calls, Config.creating(Path.of(arguments[0]), SIZE)));
            for (int number = Integer.parseInt(arguments[1]) + 1; ; number++) {
                ByteBuffer data = ByteBuffer.allocateDirect(RANGE_BYTES);
                while (data.hasRemaining()) {
                    data.putInt(number);
                }
                long offset = (long) (number % RANGES) * RANGE_BYTES;
                TestIo.await(store.write(offset, data.rewind(), EnumSet.of(Flag.ATOMIC)));
                System.out.println(number);
            }
        }
    }
}
