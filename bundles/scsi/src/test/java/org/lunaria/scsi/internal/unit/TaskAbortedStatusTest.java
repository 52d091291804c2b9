package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Managed;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** What another initiator aborts where TAS is one (SAM-5 5.3.1, SPC-5 control mode page). */
class TaskAbortedStatusTest {
    private static final Optional<Response> COMPLETE = Optional.of(Response.FUNCTION_COMPLETE);

    private final ArrayBackend backend = Bench.backend();
    private final SlowBackend slow = new SlowBackend(backend);
    private final ManualTimer timer = new ManualTimer();
    private final Bench bench = Bench.withTaskAbortedStatus(slow, timer);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private static Sent beginWrite(Initiator initiator) {
        byte[] data = new byte[512];
        data[0] = 1;
        return initiator.begin(TaskAttribute.SIMPLE, new ArrayTransfer(data, 0, true), 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    private static void assertTaskAborted(Sent sent, int residual) {
        assertEquals(ScsiStatus.TASK_ABORTED, sent.answer().status());
        assertEquals(residual, sent.answer().result().residual());
        assertFalse(sent.transfer().isCancelled());
    }

    @Test
    void theBitIsInTheControlModePage() {
        assertEquals(0x40, two.read(255, 0x1A, 8, 0x0A, 0, 255, 0).data()[4 + 5] & 0x40);
        assertEquals(
                0,
                Bench.of(Bench.backend())
                                .initiator()
                                .read(255, 0x1A, 8, 0x0A, 0, 255, 0)
                                .data()[4 + 5]
                        & 0x40);
    }

    @Test
    void clearedTasksOfOthersAreAnsweredAndNothingIsSaidAfter() {
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        Sent dormant = two.beginRead(TaskAttribute.ORDERED);
        Managed clear = one.manage(Function.CLEAR_TASK_SET, 0);
        assertTaskAborted(dormant, 512);
        assertEquals(Optional.empty(), clear.response());
        slow.releaseAll();
        assertEquals(COMPLETE, clear.response());
        assertTaskAborted(others, 512);
        assertFalse(mine.isAnswered());
        assertTrue(mine.transfer().isCancelled());
        assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
    }

    @Test
    void aTaskIsAnsweredWhenTheDataHasComeThatItAskedForButNobodyWaitsForThat() {
        Sent write = beginWrite(two);
        assertEquals(COMPLETE, one.manage(Function.CLEAR_TASK_SET, 0).response());
        assertFalse(write.isAnswered());
        write.transfer().deliver();
        assertTaskAborted(write, 512);
        assertEquals(0, slow.held().size());
        assertArrayEquals(new byte[512], backend.contents(0, 512));
    }

    @Test
    void aResetIsToldAsWell() {
        Sent write = beginWrite(two);
        assertEquals(COMPLETE, one.manage(Function.LOGICAL_UNIT_RESET, 0).response());
        write.transfer().deliver();
        assertTaskAborted(write, 512);
        assertEquals(
                SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, two.command(0x00).code());
    }

    @Test
    void whatItsOwnNexusAbortsIsNotAnswered() {
        Sent write = beginWrite(two);
        one.manage(Function.CLEAR_TASK_SET, 0);
        assertEquals(COMPLETE, two.manage(Function.ABORT_TASK, write.tag()).response());
        assertFalse(write.isAnswered());
        assertTrue(write.transfer().isCancelled());
        Sent lost = beginWrite(two);
        one.manage(Function.CLEAR_TASK_SET, 0);
        two.leave();
        assertFalse(lost.isAnswered());
        assertTrue(lost.transfer().isCancelled());
    }

    @Test
    void aChangeOfTheBitIsHeardOf() {
        bench.unit().change(Bench.settings("disk"));
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, two.command(0x00).code());
    }
}
