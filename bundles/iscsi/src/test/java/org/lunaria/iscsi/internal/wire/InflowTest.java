package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which window sessions are offered in a pool of 64 pages: commands of a page each have 32 of them together. */
class InflowTest {
    private static final int PAGE = BufferPool.BUFFER_BYTES_MAX;

    private final BufferPool pool = new BufferPool(64 * Slab.PAGE_FOOTPRINT_BYTES);
    private long seconds;

    private void pass() {
        seconds++;
        pool.look(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void whoIsAloneIsOfferedAQuarter() {
        Inflow alone = new Inflow(pool, PAGE);
        assertEquals(8, alone.room());
        pool.take(PAGE);
        pool.take(PAGE);
        assertEquals(7, alone.room(), "of what is left");
    }

    @Test
    void allWhoSendShare() {
        List<Inflow> all = new ArrayList<>();
        for (int session = 0; session < 4; session++) {
            all.add(new Inflow(pool, PAGE));
        }
        assertEquals(2, all.get(0).room());
        pass();
        assertEquals(2, all.get(0).room(), "they may still send");
        all.get(0).came(PAGE);
        pass();
        assertEquals(8, all.get(0).room(), "the others have sent nothing for a second");
        all.get(0).came(PAGE);
        all.get(0).came(PAGE);
        assertEquals(8, all.get(0).room(), "it is one");
    }

    @Test
    void smallCommandsOpenTheWindowAndALargeOneClosesIt() {
        Inflow inflow = new Inflow(pool, PAGE);
        int before = inflow.room();
        for (int command = 0; command < 128; command++) {
            inflow.came(8192);
            assertTrue(inflow.room() >= before);
            before = inflow.room();
        }
        assertEquals(8 * PAGE / 8192, before);
        inflow.came(PAGE);
        assertEquals(8, inflow.room());
    }

    @Test
    void whoBringsLittleIsNeverHeldBack() {
        Inflow inflow = new Inflow(pool, PAGE);
        for (int command = 0; command < 128; command++) {
            inflow.came(4096);
        }
        assertTrue(inflow.isLittle());
        inflow.came(4097);
        assertFalse(inflow.isLittle());
        assertTrue(new Inflow(pool, 0).isLittle(), "it may bring nothing unasked");
    }

    @Test
    void whateverOthersHaveEachMayBringALittle() {
        Inflow large = new Inflow(pool, PAGE);
        Inflow small = new Inflow(pool, 8192);
        Inflow larger = new Inflow(pool, 64 * PAGE);
        for (int page = 0; page < 40; page++) {
            pool.take(PAGE);
        }
        assertEquals(List.of(0, 0, 0), List.of(large.room(), small.room(), larger.room()));
        assertEquals(List.of(1, 32, 1), List.of(large.least(), small.least(), larger.least()));
    }

    @Test
    void whatIsReservedIsNotOffered() {
        assertTrue(pool.tryReserve(pool.nobody(), BufferPool.NO_NUMBER, 28 * PAGE));
        assertEquals(1, new Inflow(pool, PAGE).room());
    }
}
