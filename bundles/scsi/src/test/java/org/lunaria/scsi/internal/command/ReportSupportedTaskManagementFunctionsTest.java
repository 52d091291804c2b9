package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

class ReportSupportedTaskManagementFunctionsTest {
    private final Initiator initiator = Bench.of(Bench.backend()).initiator();

    private Answer report(int repd, int allocationLength) {
        return initiator.read(255, 0xA3, 0x0D, repd, 0, 0, 0, 0, 0, 0, allocationLength, 0, 0);
    }

    @Test
    void theBasicFormHasABitForEachFunction() {
        assertArrayEquals(
                new byte[] {(byte) 0b1101_1100, 0b0000_0111, 0, 0},
                report(0, 255).data());
    }

    @Test
    void theExtendedFormHasNoTimes() {
        byte[] expected = new byte[16];
        expected[0] = (byte) 0b1101_1100;
        expected[1] = 0b0000_0111;
        expected[3] = 12;
        assertArrayEquals(expected, report(0x80, 255).data());
    }

    @Test
    void anAllocationLengthBelowTheBasicFormIsRefused() {
        assertEquals(ScsiStatus.CHECK_CONDITION, report(0, 3).status());
        assertEquals(4, report(0x80, 4).data().length);
    }

    @Test
    void whatIsReportedIsWhatIsDone() {
        Set<Function> rejected = EnumSet.noneOf(Function.class);
        for (Function function : Function.values()) {
            if (answerTo(function) == Response.FUNCTION_REJECTED) {
                rejected.add(function);
            }
        }
        List<Function> unsupported = new ArrayList<>(List.of(Function.values()));
        unsupported.removeIf(Function::isSupported);
        assertEquals(EnumSet.copyOf(unsupported), rejected);
    }

    private Response answerTo(Function function) {
        return initiator.manage(function, 1).response().orElseThrow();
    }
}
