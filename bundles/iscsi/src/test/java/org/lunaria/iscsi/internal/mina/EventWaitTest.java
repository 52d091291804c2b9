package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWaitTest {
    private static final long LONG_MILLIS = 60_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private Selector selector;
    private Pipe pipe;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.source().register(selector, SelectionKey.OP_READ);
    }

    @AfterEach
    void close() throws IOException {
        pipe.source().close();
        pipe.sink().close();
        selector.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20, 1000})
    void nothingThatIsHandedOverIsMissed(long spinMicros) {
        EventWait wait = new EventWait(selector);
        long look = TimeUnit.MICROSECONDS.toNanos(spinMicros);
        ConcurrentLinkedQueue<Integer> handedOver = new ConcurrentLinkedQueue<>();
        int count = 20_000;
        assertTimeoutPreemptively(SOON, () -> {
            int[] taken = new int[1];
            Thread giver = new Thread(() -> give(handedOver, wait, count));
            giver.start();
            while (taken[0] < count) {
                wait.await(key -> {}, LONG_MILLIS, look);
                while (handedOver.poll() != null) {
                    taken[0]++;
                }
            }
            giver.join();
            assertEquals(count, taken[0]);
        });
    }

    /** Waits now and then until what it gave is taken: else the other side would never sleep. */
    private static void give(ConcurrentLinkedQueue<Integer> handedOver, EventWait wait, int count) {
        for (int number = 0; number < count; number++) {
            handedOver.add(number);
            wait.ring();
            while (number % 3 == 0 && !handedOver.isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50})
    void aRingBeforeTheWaitCountsAndOnlyOnce(long spinMicros) {
        EventWait wait = new EventWait(selector);
        long look = TimeUnit.MICROSECONDS.toNanos(spinMicros);
        wait.ring();
        assertTimeoutPreemptively(SOON, () -> wait.await(key -> {}, LONG_MILLIS, look));
        long before = System.nanoTime();
        assertTimeoutPreemptively(SOON, () -> wait.await(key -> {}, 20, look));
        assertTrue(
                System.nanoTime() - before >= TimeUnit.MILLISECONDS.toNanos(19),
                "the second wait had no reason to end");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50})
    void readySocketsAreGivenToTheConsumer(long spinMicros) throws IOException {
        EventWait wait = new EventWait(selector);
        long look = TimeUnit.MICROSECONDS.toNanos(spinMicros);
        for (int round = 0; round < 3; round++) {
            pipe.sink().write(ByteBuffer.wrap(new byte[1]));
            int[] ready = new int[1];
            assertTimeoutPreemptively(SOON, () -> wait.await(key -> ready[0]++, LONG_MILLIS, look));
            assertEquals(1, ready[0]);
            pipe.source().read(ByteBuffer.allocate(1));
        }
    }
}
