package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** The order of tasks (SAM-5 clause 8). */
class TaskOrderTest {
    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(slow);
    private final Initiator initiator = bench.initiator();

    @Test
    void simpleTasksAreAtWorkTogetherAndEndInAnyOrder() {
        Sent first = initiator.beginRead(TaskAttribute.SIMPLE);
        Sent second = initiator.beginRead(TaskAttribute.SIMPLE);
        assertEquals(2, slow.held().size());
        slow.release(1);
        assertFalse(first.isAnswered());
        assertTrue(second.isAnswered());
        slow.release();
        assertTrue(first.isAnswered());
    }

    @Test
    void anOrderedTaskWaitsForOlderOnesAndYoungerOnesWaitForIt() {
        Initiator other = bench.initiator("other");
        Sent older = other.beginRead(TaskAttribute.SIMPLE);
        Sent ordered = initiator.beginRead(TaskAttribute.ORDERED);
        Sent younger = initiator.beginRead(TaskAttribute.SIMPLE);
        Sent youngest = other.beginRead(TaskAttribute.SIMPLE);
        assertEquals(1, slow.held().size());
        slow.release();
        assertTrue(older.isAnswered());
        assertEquals(1, slow.held().size());
        slow.release();
        assertTrue(ordered.isAnswered());
        assertEquals(2, slow.held().size());
        slow.releaseAll();
        assertTrue(younger.isAnswered());
        assertTrue(youngest.isAnswered());
    }

    @Test
    void twoOrderedTasksAreDoneOneAfterTheOther() {
        Sent first = initiator.beginRead(TaskAttribute.ORDERED);
        Sent second = initiator.beginRead(TaskAttribute.ORDERED);
        assertEquals(1, slow.held().size());
        slow.release();
        assertTrue(first.isAnswered());
        assertEquals(1, slow.held().size());
        slow.release();
        assertTrue(second.isAnswered());
    }

    @Test
    void headOfQueueWaitsForNobody() {
        initiator.beginRead(TaskAttribute.ORDERED);
        Sent urgent = initiator.beginRead(TaskAttribute.HEAD_OF_QUEUE);
        assertEquals(2, slow.held().size());
        slow.release(1);
        assertTrue(urgent.isAnswered());
        slow.release();
    }

    @Test
    void anAbortedOrderedTaskLetsTheYoungerOnesGo() {
        initiator.beginRead(TaskAttribute.SIMPLE);
        Sent ordered = initiator.beginRead(TaskAttribute.ORDERED);
        Sent younger = initiator.beginRead(TaskAttribute.SIMPLE);
        initiator.manage(Function.ABORT_TASK, ordered.tag());
        assertTrue(ordered.transfer().isCancelled());
        assertEquals(2, slow.held().size());
        slow.releaseAll();
        assertTrue(younger.isAnswered());
    }

    @Test
    void moreTasksThanTheSetHoldsAreTurnedAway() {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < TaskSet.LIMIT; i++) {
            sent.add(initiator.beginRead(TaskAttribute.SIMPLE));
        }
        Sent more = initiator.beginRead(TaskAttribute.SIMPLE);
        assertEquals(ScsiStatus.TASK_SET_FULL, more.answer().status());
        assertEquals(512, more.answer().residual());
        slow.releaseAll();
        assertTrue(sent.stream().allMatch(Sent::isAnswered));
        slow.letThrough(true);
        assertTrue(initiator.beginRead(TaskAttribute.SIMPLE).isAnswered());
    }
}
