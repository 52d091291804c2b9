package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.wire.BufferPool.Purpose;

class BufferPoolTest {
    private static final int PAGE = BufferPool.BUFFER_BYTES_MAX;

    /** 16 pages, of which 12 may be reserved and 2 are spare. */
    private static final int BUDGET = 16 * PAGE;

    private final BufferPool pool = new BufferPool(16 * Slab.PAGE_FOOTPRINT_BYTES);
    private final List<String> served = new ArrayList<>();

    @Test
    void theBufferGivenBackLastIsUsedFirst() {
        PooledBuffer first = pool.take(PAGE);
        PooledBuffer second = pool.take(PAGE);
        first.release();
        second.release();
        assertSame(second, pool.take(PAGE));
        assertSame(first, pool.take(PAGE));
    }

    @Test
    void aBufferHoldsWhatWasAskedFor() {
        for (int bytes : new int[] {1, 4095, 4096, 4097, 65536, 65537, PAGE - 1, PAGE}) {
            int capacity = pool.take(bytes).capacity();
            assertTrue(capacity >= bytes && capacity < Math.max(2 * bytes, 4097), bytes + ": " + capacity);
            assertEquals(capacity, BufferPool.costBytes(bytes));
        }
        assertThrows(IllegalArgumentException.class, () -> pool.take(PAGE + 1));
        assertEquals(3 * PAGE, BufferPool.costBytes(2 * PAGE + 1));
    }

    @Test
    void memoryIsAllocatedWhenItIsNeededAndNeverMoreThanTheBudget() {
        assertEquals(0, pool.usage().held());
        List<PooledBuffer> taken = takeAll(PAGE);
        assertEquals(16, taken.size());
        assertThrows(IllegalStateException.class, () -> pool.take(1));
        for (int round = 0; round < 100; round++) {
            taken.forEach(PooledBuffer::release);
            taken = takeAll(4096 << round % 7);
            assertEquals(BUDGET, taken.stream().mapToInt(PooledBuffer::capacity).sum());
        }
        assertEquals(new BufferPool.Usage(BUDGET, BUDGET, BUDGET, 0, 0), pool.usage());
    }

    @Test
    void whatAligningTakesIsOfTheBudgetToo() {
        BufferPool exact = new BufferPool(BUDGET);
        for (int page = 0; page < 15; page++) {
            exact.take(PAGE);
        }
        assertThrows(IllegalStateException.class, () -> exact.take(1));
    }

    @Test
    void whatIsGivenBackIsUsedAgainInsteadOfNewMemory() {
        List<PooledBuffer> taken = takeAll(4096);
        taken.forEach(PooledBuffer::release);
        long before = directBytes();
        for (int size = 4096; size <= PAGE; size *= 2) {
            takeAll(size).forEach(PooledBuffer::release);
        }
        assertEquals(before, directBytes());
    }

    @Test
    void smallBuffersShareAPageSoThatOthersStayWhole() {
        List<PooledBuffer> small = new ArrayList<>();
        for (int count = 0; count < 64; count++) {
            small.add(pool.take(4096));
            pool.take(PAGE / 64 * 32).release();
        }
        assertEquals(PAGE, pool.usage().used());
        small.remove(17).release();
        pool.take(3000);
        assertEquals(PAGE, pool.usage().used());
    }

    @Test
    void halvesThatAreFreeBecomeOneAgain() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<PooledBuffer> taken = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) > 0 && pool.usage().used() < BUDGET) {
                PooledBuffer buffer = pool.take(1 + random.nextInt(random.nextBoolean() ? PAGE : 5000));
                mark(buffer, System.identityHashCode(buffer));
                taken.add(buffer);
            } else if (!taken.isEmpty()) {
                PooledBuffer buffer = taken.remove(random.nextInt(taken.size()));
                assertMarked(buffer, System.identityHashCode(buffer), seed);
                buffer.release();
            }
            long sum = taken.stream().mapToLong(PooledBuffer::capacity).sum();
            assertEquals(sum, pool.takenBytes(), "seed " + seed);
            assertTrue(sum <= pool.usage().used(), "seed " + seed);
        }
        taken.forEach(PooledBuffer::release);
        assertEquals(0, pool.usage().used(), "seed " + seed);
        assertEquals(16, takeAll(PAGE).size(), "seed " + seed);
    }

    @Test
    void reservationsLeaveAPartOfTheBudget() {
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 12 * PAGE));
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 1));
        pool.unreserve(Purpose.TASK, pool.nobody(), 12 * PAGE, true);
        pool.take(PAGE);
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 11 * PAGE + 1)
                && pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 1));
    }

    @Test
    void oneReservationOfATaskIsGrantedAsLongAsThereIsSoMuch() {
        List<PooledBuffer> taken = takeAll(PAGE);
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 1));
        release(taken, 5);
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 5 * PAGE + 1));
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 5 * PAGE));
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 1));
    }

    @Test
    void whoWaitsIsServedInOrderAndOnlyWhenItFits() {
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 12 * PAGE));
        await("large", 8);
        await("small", 1);
        await("other", 4);
        pool.unreserve(Purpose.TASK, pool.nobody(), 2 * PAGE, true);
        assertEquals(List.of(), served);
        assertFalse(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 1), "nobody is served before who waits");
        pool.unreserve(Purpose.TASK, pool.nobody(), 6 * PAGE, true);
        assertEquals(List.of("large"), served);
        pool.unreserve(Purpose.TASK, pool.nobody(), PAGE, true);
        assertEquals(List.of("large", "small"), served);
        pool.unreserve(Purpose.TASK, pool.nobody(), 3 * PAGE, true);
        assertEquals(List.of("large", "small"), served);
        pool.unreserve(Purpose.TASK, pool.nobody(), PAGE, true);
        assertEquals(List.of("large", "small", "other"), served);
        assertEquals(12 * PAGE, pool.reservedBytes());
        assertEquals(0, pool.usage().waiting());
    }

    @Test
    void manySmallOnesDoNotStarveALargeOne() {
        for (int count = 0; count < 12; count++) {
            assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, PAGE));
        }
        await("large", 12);
        for (int count = 0; count < 12; count++) {
            assertEquals(List.of(), served);
            await("small", 1);
            pool.unreserve(Purpose.TASK, pool.nobody(), PAGE, true);
        }
        assertEquals(List.of("large"), served);
    }

    @Test
    void memoryThatComesBackServesWhoWaits() {
        List<PooledBuffer> taken = takeAll(PAGE);
        await("first", 1);
        await("second", 1);
        release(taken, 1);
        assertEquals(List.of("first"), served, "something goes on, however little there is");
        release(taken, 4);
        assertEquals(List.of("first"), served);
        release(taken, 1);
        assertEquals(List.of("first", "second"), served);
    }

    @Test
    void aSmallTaskDoesNotGoBeforeAReadThatWaitsAlready() {
        BufferPool odd = new BufferPool(17 * Slab.PAGE_FOOTPRINT_BYTES);
        for (int count = 0; count < 12; count++) {
            odd.take(PAGE);
        }
        assertTrue(odd.tryReserve(odd.nobody(), BufferPool.NO_NUMBER, 1));
        long first = odd.number();
        odd.await(Purpose.READ, odd.nobody(), odd.number(), PAGE, () -> served.add("read"));
        assertEquals(List.of(), served);
        assertFalse(odd.tryReserve(odd.nobody(), BufferPool.NO_NUMBER, 1));
        assertTrue(odd.tryReserve(odd.nobody(), first, 1));
    }

    @Test
    void whoFitsAtOnceIsServedAtOnce() {
        await("now", 1);
        assertEquals(List.of("now"), served);
        assertEquals(PAGE, pool.reservedBytes());
    }

    @Test
    void whoLeavesTheQueueMakesWayForTheNext() {
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 10 * PAGE));
        BufferPool.Waiter large = await("large", 8);
        await("small", 2);
        assertEquals(List.of(), served);
        assertTrue(pool.cancel(large));
        assertEquals(List.of("small"), served);
        assertFalse(pool.cancel(large));
    }

    @Test
    void whoIsServedCannotLeaveAnyMore() {
        BufferPool.Waiter waiter = await("now", 1);
        assertFalse(pool.cancel(waiter));
        pool.unreserve(Purpose.TASK, pool.nobody(), waiter.bytes(), true);
        assertEquals(0, pool.reservedBytes());
    }

    @Test
    void whenNothingElseGoesOnOneReadDoesWhateverIsUsed() {
        takeAll(PAGE);
        assertTrue(served.isEmpty());
        pool.await(Purpose.READ, pool.nobody(), pool.number(), PAGE, () -> served.add("first"));
        pool.await(Purpose.READ, pool.nobody(), pool.number(), PAGE, () -> served.add("second"));
        assertEquals(List.of("first"), served);
        pool.unreserve(Purpose.READ, pool.nobody(), PAGE, true);
        assertEquals(List.of("first", "second"), served);
    }

    @Test
    void readsGoOnInOrderBelowThreeQuartersWhateverTasksHaveReserved() {
        List<PooledBuffer> taken = takeAll(PAGE);
        release(taken, 3);
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, PAGE));
        pool.await(Purpose.READ, pool.nobody(), pool.number(), PAGE, () -> served.add("first"));
        pool.await(Purpose.READ, pool.nobody(), pool.number(), PAGE, () -> served.add("second"));
        await("task", 1);
        release(taken, 2);
        assertEquals(List.of("first"), served);
        assertFalse(pool.hasRoom(), "nobody reads before who waits");
        pool.unreserve(Purpose.READ, pool.nobody(), PAGE, true);
        assertEquals(List.of("first", "second"), served);
        assertTrue(pool.hasRoom());
    }

    @Test
    void thereIsRoomBelowThreeQuartersAndSpareBelowSevenEighths() {
        List<PooledBuffer> taken = takeAll(PAGE);
        assertFalse(pool.hasSpare());
        release(taken, 2);
        assertTrue(pool.hasSpare());
        release(taken, 2);
        assertFalse(pool.hasRoom());
        release(taken, 1);
        assertTrue(pool.hasRoom());
    }

    @Test
    void releasingTwiceIsABugAndSaysSo() {
        PooledBuffer buffer = pool.take(1);
        buffer.release();
        assertThrows(IllegalStateException.class, buffer::release);
    }

    private BufferPool.Waiter await(String name, int pages) {
        return pool.await(Purpose.TASK, pool.nobody(), pool.number(), pages * PAGE, () -> served.add(name));
    }

    private List<PooledBuffer> takeAll(int bytes) {
        List<PooledBuffer> taken = new ArrayList<>();
        while (pool.takenBytes() + bytes <= BUDGET) {
            taken.add(pool.take(bytes));
        }
        return taken;
    }

    private static void release(List<PooledBuffer> taken, int count) {
        for (int done = 0; done < count; done++) {
            taken.remove(0).release();
        }
    }

    private static void mark(PooledBuffer buffer, int mark) {
        byte[] bytes = new byte[buffer.capacity()];
        Arrays.fill(bytes, (byte) mark);
        buffer.bytes().put(0, bytes);
    }

    private static void assertMarked(PooledBuffer buffer, int mark, long seed) {
        for (int at = 0; at < buffer.capacity(); at += 512) {
            assertEquals((byte) mark, buffer.bytes().get(at), "seed " + seed);
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(each -> each.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
