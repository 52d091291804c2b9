package org.lunaria.scsi.internal.slot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

class SlotFailureTest {
    private static final Instant AT = Instant.parse("2026-11-26T01:02:03Z");

    private final SlotFailure first = failure(AT, Fault.NO_SPACE);

    @Test
    void oneOfTheSameFaultWithinAMinuteFollows() {
        assertTrue(failure(AT, Fault.NO_SPACE).follows(first));
        assertTrue(failure(AT.plusMillis(59_999), Fault.NO_SPACE).follows(first));
        assertFalse(failure(AT.plusSeconds(60), Fault.NO_SPACE).follows(first));
    }

    @Test
    void anotherFaultIsNews() {
        assertFalse(failure(AT, Fault.OFFLINE).follows(first));
    }

    private static SlotFailure failure(Instant at, Fault fault) {
        return new SlotFailure(at, "WRITE", 0, new Failure(fault, -1, "as the test says"));
    }
}
