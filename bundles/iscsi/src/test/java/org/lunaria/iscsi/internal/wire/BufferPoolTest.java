package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool(1 << 20);

    @Test
    void theBufferGivenBackLastIsUsedFirst() {
        PooledBuffer first = pool.take(4096);
        PooledBuffer second = pool.take(4096);
        first.release();
        second.release();
        assertSame(second, pool.take(1000));
        assertSame(first, pool.take(4096));
    }

    @Test
    void aBufferHoldsWhatWasAskedFor() {
        for (int bytes : new int[] {1, 4096, 4097, 65536, 65537, 1 << 24}) {
            assertTrue(pool.take(bytes).capacity() >= bytes);
        }
    }

    @Test
    void takingNeverFailsButThereIsNoRoomForMore() {
        List<PooledBuffer> taken = new ArrayList<>();
        while (pool.hasRoom()) {
            taken.add(pool.take(65536));
        }
        assertEquals(16, taken.size());
        taken.add(pool.take(65536));
        assertFalse(pool.tryReserve(1));
        AtomicInteger woken = new AtomicInteger();
        pool.whenRoom(1, woken::incrementAndGet);
        taken.remove(0).release();
        assertEquals(0, woken.get());
        taken.remove(0).release();
        assertEquals(1, woken.get());
        taken.forEach(PooledBuffer::release);
        assertEquals(0, pool.takenBytes());
        assertEquals(1, woken.get());
    }

    @Test
    void reservationsLeaveAPartOfTheBudget() {
        assertTrue(pool.tryReserve(700_000));
        assertFalse(pool.tryReserve(100_000));
        pool.unreserve(700_000);
        assertTrue(pool.tryReserve(100_000));
    }

    @Test
    void oneReservationIsAlwaysGranted() {
        assertTrue(pool.tryReserve(10 << 20));
        assertFalse(pool.tryReserve(1));
    }

    @Test
    void releasingTwiceIsABugAndSaysSo() {
        PooledBuffer buffer = pool.take(1);
        buffer.release();
        assertThrows(IllegalStateException.class, buffer::release);
    }
}
