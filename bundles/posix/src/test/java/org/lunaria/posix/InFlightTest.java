package org.lunaria.posix;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void theEndWaitsForTheLastToLeaveAndLetsNobodyIn() throws Exception {
        assertTrue(inFlight.enter());
        assertTrue(inFlight.enter());
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(inFlight::end);
        while (inFlight.enter()) {
            inFlight.leave();
        }
        inFlight.leave();
        assertFalse(inFlight.enter());
        assertFalse(ended.isDone());
        inFlight.leave();
        assertTrue(ended.get());
    }

    @Test
    void onlyTheFirstEndCountsAndBothReturn() {
        assertTrue(inFlight.end());
        assertFalse(inFlight.end());
        assertFalse(inFlight.enter());
    }

    @Test
    void anInterruptIsKeptForLater() {
        Thread.currentThread().interrupt();
        assertTrue(inFlight.end());
        assertTrue(Thread.interrupted());
    }
}
