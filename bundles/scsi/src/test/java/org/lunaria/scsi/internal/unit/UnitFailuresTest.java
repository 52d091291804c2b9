package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.scsi.UnitFailure;
import org.lunaria.scsi.internal.slot.SlotFailure;

class UnitFailuresTest {

    @Test
    void aFailureIsToldAsInitiatorsSeeIt() {
        assertEquals(
                new UnitFailure(Instant.EPOCH, "READ", 2, "MEDIUM ERROR, UNRECOVERED READ ERROR", "bad sector"),
                told(8192, Fault.READ_ERROR, "bad sector"));
    }

    @Test
    void oneThatNamesNoByteHasNoBlock() {
        assertEquals(
                new UnitFailure(Instant.EPOCH, "READ", -1, "MEDIUM ERROR, WRITE ERROR", "no"),
                told(-1, Fault.WRITE_ERROR, "no"));
    }

    @Test
    void busyIsAStatusAndNoSense() {
        assertEquals("BUSY", told(0, Fault.BUSY, "no").sense());
    }

    private static UnitFailure told(long offset, Fault fault, String message) {
        return UnitFailures.of(
                new SlotFailure(Instant.EPOCH, "READ", offset, new Failure(fault, offset, message)), 4096);
    }
}
