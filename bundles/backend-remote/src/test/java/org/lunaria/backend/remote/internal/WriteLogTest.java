package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.Operation.Kind;

class WriteLogTest {

    private static final long CAPACITY = 4 << 20;

    private final WriteLog log = new WriteLog(CAPACITY);

    @Test
    void whatIsAppendedComesBackInOrderAlsoAcrossTheEndOfTheRing() {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("WriteLogTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        ArrayDeque<byte[]> expected = new ArrayDeque<>();
        ArrayDeque<Long> marks = new ArrayDeque<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = TestIo.pattern(random.nextLong(), 512 * (1 + random.nextInt(1000)));
            Operation<Void> write = write(i, bytes);
            while (!log.reserve(write)) {
                log.release(marks.poll());
                expected.poll();
            }
            log.append(write);
            expected.add(bytes);
            marks.add(log.mark());
            if (i % 37 == 0) {
                check(expected);
            }
        }
        check(expected);
    }

    @Test
    void aFlushReleasesWhatWasAppendedBeforeItOnly() {
        append(0);
        long mark = log.mark();
        append(1);
        log.release(mark);
        assertEquals(1, log.replay(true).peek().offset);
        log.release(log.mark());
        assertTrue(log.isEmpty());
        // A late answer of an older flush releases nothing.
        append(2);
        log.release(mark);
        assertFalse(log.isEmpty());
    }

    @Test
    void roomThatIsReservedIsGivenBackByCancel() {
        byte[] large = new byte[1 << 20];
        for (int i = 0; i < 3; i++) {
            assertTrue(log.reserve(write(i, large)));
        }
        Operation<Void> last = write(3, new byte[(1 << 20) - 4096]);
        assertTrue(log.reserve(last));
        assertFalse(log.reserve(write(4, large)));
        log.cancel(last);
        assertTrue(log.reserve(write(5, new byte[1 << 19])));
        assertTrue(log.isEmpty());
        assertFalse(log.isIdle());
    }

    @Test
    void zeroesAreKeptWithoutBytes() {
        Operation<Void> zero = new Operation<>(Kind.ZERO, 4096, 1L << 40, null, false, true);
        assertTrue(log.reserve(zero));
        log.append(zero);
        Operation<?> again = log.replay(true).peek();
        assertEquals(Kind.ZERO, again.kind);
        assertEquals(1L << 40, again.length);
        assertTrue(again.mayUnmap && again.internal);
    }

    private void append(long offset) {
        Operation<Void> write = write(offset, new byte[512]);
        assertTrue(log.reserve(write));
        log.append(write);
    }

    private void check(ArrayDeque<byte[]> expected) {
        ArrayDeque<Operation<?>> replay = log.replay(true);
        assertEquals(expected.size(), replay.size());
        for (byte[] each : expected) {
            Operation<?> again = replay.poll();
            byte[] bytes = new byte[(int) again.length];
            again.dataAt(again.offset, bytes.length).get(bytes);
            assertArrayEquals(each, bytes);
        }
    }

    private static Operation<Void> write(long offset, byte[] bytes) {
        return new Operation<>(Kind.WRITE, offset, bytes.length, TestIo.direct(bytes), false, false);
    }
}
