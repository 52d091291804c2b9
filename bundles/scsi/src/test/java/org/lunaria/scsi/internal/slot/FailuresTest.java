package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

class FailuresTest {
    private static final Instant AT = Instant.parse("2026-11-26T01:02:03Z");
    private static final ByteBuffer BLOCK = ByteBuffer.allocate(512);
    private static final Operation<Void> READ = new Operation.Read(1024, BLOCK);
    private static final Operation<Void> WRITE = new Operation.Write(2048, BLOCK, Set.of());
    private static final Optional<String> NOTHING = Optional.empty();

    private final ManualTimer timer = new ManualTimer();
    private final Failures failures = new Failures("disk-1", InstantSource.fixed(AT), timer::nanoTime);

    @Test
    void theFirstIsToldWithItsOperationItsFaultAndItsReason() {
        assertEquals(
                Optional.of("unit disk-1: WRITE failed: NO_SPACE the disk is full"),
                failures.note(WRITE, failure(Fault.NO_SPACE, "the disk is full")));
    }

    @Test
    void ofOneFaultOneIsToldInAMinuteWithTheNumberOfThoseThatWereNot() {
        failures.note(WRITE, failure(Fault.NO_SPACE, "full"));
        for (int second = 1; second < Failures.PERIOD_SECONDS; second++) {
            timer.advance(1_000);
            assertEquals(NOTHING, failures.note(WRITE, failure(Fault.NO_SPACE, "full")));
        }
        timer.advance(1_000);
        assertEquals(
                Optional.of("unit disk-1: WRITE failed: NO_SPACE full; 59 more failed so since this was told last"),
                failures.note(WRITE, failure(Fault.NO_SPACE, "full")));
        assertEquals(NOTHING, failures.note(WRITE, failure(Fault.NO_SPACE, "full")));
    }

    @Test
    void faultsThatTakeTurnsAreToldOnceInAMinuteEach() {
        int told = 0;
        for (int i = 0; i < 10_000; i++) {
            told += failures.note(WRITE, failure(Fault.NO_SPACE, "full")).isPresent() ? 1 : 0;
            told += failures.note(READ, failure(Fault.READ_ERROR, "bad sector")).isPresent() ? 1 : 0;
        }
        assertEquals(2, told);
    }

    @Test
    void anotherKindOfOperationIsNoNews() {
        failures.note(WRITE, failure(Fault.OFFLINE, "gone"));
        assertEquals(NOTHING, failures.note(READ, failure(Fault.OFFLINE, "gone")));
    }

    @Test
    void oneThatFollowsNoneForAMinuteHasNothingToAdd() {
        failures.note(READ, failure(Fault.READ_ERROR, "bad sector"));
        timer.advance(60_000);
        assertEquals(
                Optional.of("unit disk-1: READ failed: READ_ERROR bad sector"),
                failures.note(READ, failure(Fault.READ_ERROR, "bad sector")));
    }

    @Test
    void allAreCountedAndTheLastIsKeptWhetherItIsToldOrNot() {
        Failure second = failure(Fault.READ_ERROR, "second");
        failures.note(WRITE, failure(Fault.READ_ERROR, "first"));
        failures.note(READ, second);
        assertEquals(2, failures.count());
        assertEquals(Optional.of(new SlotFailure(AT, "READ", 1024, second)), failures.last());
    }

    private static Failure failure(Fault fault, String reason) {
        return new Failure(fault, -1, reason);
    }
}
