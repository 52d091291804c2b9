package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Managed;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** The task management functions (SAM-5 clause 7). */
class TaskManagementTest {
    private static final Optional<Response> COMPLETE = Optional.of(Response.FUNCTION_COMPLETE);

    private final ArrayBackend backend = Bench.backend();
    private final SlowBackend slow = new SlowBackend(backend);
    private final ManualTimer timer = new ManualTimer();
    private final Bench bench = Bench.of(slow, Bench.settings("disk"), timer);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private static Sent beginWrite(Initiator initiator, boolean slowTransfer) {
        byte[] data = new byte[512];
        data[0] = 1;
        return initiator.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(data, 0, slowTransfer), 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    private static void assertAborted(Sent sent) {
        assertFalse(sent.isAnswered());
        assertTrue(sent.transfer().isCancelled());
        assertFalse(sent.transfer().holdsBuffer());
    }

    @Test
    void aNexusKnowsHowLongItsOwnCommandsTook() {
        long before = bench.target().latency(one.nexus()).count();
        long ofOther = bench.target().latency(two.nexus()).count();
        Sent write = beginWrite(one, false);
        assertEquals(before, bench.target().latency(one.nexus()).count());
        slow.release();
        assertTrue(write.isAnswered());
        assertEquals(before + 1, bench.target().latency(one.nexus()).count());
        assertEquals(ofOther, bench.target().latency(two.nexus()).count());
        one.leave();
        assertEquals(0, bench.target().latency(one.nexus()).count());
    }

    @Test
    void anAbortIsAnsweredWhenTheStoreHasEndedWhatItHad() {
        Sent write = beginWrite(one, false);
        Managed abort = one.manage(Function.ABORT_TASK, write.tag());
        assertEquals(Optional.empty(), abort.response());
        slow.release();
        assertEquals(COMPLETE, abort.response());
        assertAborted(write);
    }

    @Test
    void aWriteSameThatIsAbortedEndsBehindThePieceThatIsUnderWay() {
        byte[] block = new byte[512];
        block[0] = 1;
        Sent all = one.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(block, 0, false), 0x41, 0, 0, 0, 0, 0, 0, 0x08, 0x00, 0);
        Managed abort = one.manage(Function.ABORT_TASK, all.tag());
        slow.release();
        assertEquals(COMPLETE, abort.response());
        assertEquals(List.of(), slow.held());
        assertAborted(all);
    }

    @Test
    void aNexusThatIsLostHasEndedWhenTheStoreHasEndedWhatItHad() {
        AtomicBoolean ended = new AtomicBoolean();
        beginWrite(one, false);
        bench.target().detach(one.nexus(), () -> ended.set(true));
        timer.advance(10 * AbortCountdown.ANSWER_MILLIS);
        assertFalse(ended.get());
        slow.release();
        assertTrue(ended.get());
        bench.target().detach(two.nexus(), () -> ended.set(false));
        assertFalse(ended.get());
    }

    @Test
    void aFunctionIsRejectedWhenTheStoreDoesNotEndWhatItHasInTime() {
        Sent write = beginWrite(one, false);
        Managed abort = one.manage(Function.ABORT_TASK, write.tag());
        timer.advance(AbortCountdown.ANSWER_MILLIS / 2);
        Managed clear = two.manage(Function.CLEAR_TASK_SET, 0);
        timer.advance(AbortCountdown.ANSWER_MILLIS / 2 - 1);
        assertEquals(Optional.empty(), abort.response());
        timer.advance(1);
        assertEquals(Optional.of(Response.FUNCTION_REJECTED), abort.response());
        assertEquals(Optional.empty(), clear.response());
        slow.release();
        assertEquals(Optional.of(Response.FUNCTION_REJECTED), abort.response());
        assertEquals(COMPLETE, clear.response());
        timer.advance(AbortCountdown.ANSWER_MILLIS);
        assertEquals(COMPLETE, clear.response());
        assertAborted(write);
    }

    @Test
    void aTaskThatTheStoreKeepsIsInTheTaskSetAfterItsAbortWasRejected() {
        Sent write = beginWrite(one, false);
        one.manage(Function.ABORT_TASK_SET, 0);
        timer.advance(AbortCountdown.ANSWER_MILLIS);
        Sent ordered = one.beginRead(TaskAttribute.ORDERED);
        assertEquals(
                Optional.of(Response.FUNCTION_SUCCEEDED),
                one.manage(Function.QUERY_TASK, write.tag()).response());
        assertEquals(1, slow.held().size());
        Managed again = one.manage(Function.ABORT_TASK, write.tag());
        slow.release();
        assertEquals(COMPLETE, again.response());
        slow.release();
        assertTrue(ordered.isAnswered());
    }

    @Test
    void aTaskThatWaitsForABackendEndsAtOnceAndWritesNothing() {
        Bench other = Bench.holding(backend, timer);
        Initiator host = other.initiator();
        other.detach(backend);
        Sent write = beginWrite(host, false);
        assertEquals(1, other.unit().status().held());
        assertEquals(COMPLETE, host.manage(Function.ABORT_TASK, write.tag()).response());
        assertAborted(write);
        Sent lost = beginWrite(host, false);
        host.leave();
        assertAborted(lost);
        assertEquals(0, other.unit().status().held());
        other.attach(backend);
        assertArrayEquals(new byte[512], backend.contents(0, 512));
    }

    @Test
    void aTaskThatWaitsForItsInitiatorEndsAtOnceAndWritesNothing() {
        Sent write = beginWrite(one, true);
        assertTrue(write.transfer().isAwaited());
        assertEquals(COMPLETE, one.manage(Function.ABORT_TASK, write.tag()).response());
        assertAborted(write);
        assertArrayEquals(new byte[512], backend.contents(0, 512));
        assertEquals(0, slow.held().size());
    }

    @Test
    void dataThatComesForATaskThatIsAbortedAlreadyGoesBack() {
        slow.letThrough(true);
        int[][] commands = {
            {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0}, {0x2F, 0x02, 0, 0, 0, 0, 0, 0, 1, 0}, {0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0}
        };
        for (int[] command : commands) {
            Deque<Runnable> thread = new ArrayDeque<>();
            ArrayTransfer transfer = new ArrayTransfer(new byte[command[0] == 0x42 ? 24 : 512], 0, true);
            byte[] cdb = new byte[16];
            for (int index = 0; index < command.length; index++) {
                cdb[index] = (byte) command[index];
            }
            bench.target()
                    .execute(new Task(two.nexus(), 0, 99, TaskAttribute.SIMPLE, cdb, transfer, thread::add, result -> {
                        throw new AssertionError("an aborted task was answered");
                    }));
            assertTrue(transfer.isAwaited());
            Managed abort = one.manage(Function.CLEAR_TASK_SET, 0);
            transfer.deliver();
            while (!thread.isEmpty()) {
                thread.poll().run();
            }
            assertTrue(transfer.isCancelled());
            assertEquals(COMPLETE, abort.response());
            two.ready();
        }
    }

    @Test
    void aTransportThatGivesATaskUpIsNotToldAboutIt() {
        Sent write = beginWrite(one, true);
        write.transfer().drop();
        assertFalse(write.isAnswered());
        assertFalse(write.transfer().isCancelled());
        assertEquals(
                Optional.of(Response.TASK_DOES_NOT_EXIST),
                one.manage(Function.ABORT_TASK, write.tag()).response());
    }

    @Test
    void aTaskThatIsOverDoesNotExist() {
        Sent read = one.beginRead(TaskAttribute.SIMPLE);
        assertEquals(
                Optional.of(Response.FUNCTION_SUCCEEDED),
                one.manage(Function.QUERY_TASK, read.tag()).response());
        assertEquals(
                Optional.of(Response.TASK_DOES_NOT_EXIST),
                two.manage(Function.ABORT_TASK, read.tag()).response());
        slow.release();
        assertTrue(read.isAnswered());
        assertEquals(COMPLETE, one.manage(Function.QUERY_TASK, read.tag()).response());
        assertEquals(
                Optional.of(Response.TASK_DOES_NOT_EXIST),
                one.manage(Function.ABORT_TASK, read.tag()).response());
    }

    @Test
    void abortTaskSetIsForTheTasksOfTheNexus() {
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent mineToo = one.beginRead(TaskAttribute.ORDERED);
        Sent others = two.beginRead(TaskAttribute.HEAD_OF_QUEUE);
        Managed abort = one.manage(Function.ABORT_TASK_SET, 0);
        assertAborted(mineToo);
        assertEquals(Optional.empty(), abort.response());
        slow.releaseAll();
        assertEquals(COMPLETE, abort.response());
        assertAborted(mine);
        assertTrue(others.isAnswered());
        assertEquals(COMPLETE, one.manage(Function.QUERY_TASK_SET, 0).response());
    }

    @Test
    void clearTaskSetIsForAllTasksAndTheOthersHearOfIt() {
        Sent mine = one.beginRead(TaskAttribute.SIMPLE);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        Managed clear = one.manage(Function.CLEAR_TASK_SET, 0);
        slow.releaseAll();
        assertEquals(COMPLETE, clear.response());
        assertAborted(mine);
        assertAborted(others);
        assertEquals(ScsiStatus.GOOD, one.command(0x00).status());
        assertEquals(
                SenseCode.COMMANDS_CLEARED_BY_ANOTHER_INITIATOR,
                two.command(0x00).code());
    }

    @Test
    void aResetOfTheUnitOrTheTargetAbortsAllAndTellsAll() {
        for (Function function : new Function[] {Function.LOGICAL_UNIT_RESET, Function.TARGET_RESET}) {
            Sent mine = one.beginRead(TaskAttribute.SIMPLE);
            Sent others = beginWrite(two, true);
            Managed reset = one.manage(function, 0);
            assertAborted(others);
            slow.releaseAll();
            assertEquals(COMPLETE, reset.response());
            assertAborted(mine);
            for (Initiator each : List.of(one, two)) {
                assertEquals(
                        SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED,
                        each.command(0x00).code());
            }
        }
    }

    @Test
    void whatComesRightBehindAnAbortedTaskHearsOfIt() {
        Map<Function, SenseCode> heard = Map.of(
                Function.CLEAR_TASK_SET, SenseCode.COMMANDS_CLEARED_BY_ANOTHER_INITIATOR,
                Function.LOGICAL_UNIT_RESET, SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED);
        heard.forEach((function, code) -> {
            List<Answer> next = new ArrayList<>();
            Sent others = beginWrite(two, true);
            others.transfer().whenCancelled(() -> next.add(two.command(0x00)));
            assertEquals(COMPLETE, one.manage(function, 0).response());
            assertEquals(code, next.get(0).code());
            assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
        });
    }

    @Test
    void whatWasClearedBeforeIsNotToldAgain() {
        beginWrite(two, false);
        one.manage(Function.CLEAR_TASK_SET, 0);
        assertEquals(
                SenseCode.COMMANDS_CLEARED_BY_ANOTHER_INITIATOR,
                two.command(0x00).code());
        one.manage(Function.CLEAR_TASK_SET, 0);
        assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
    }

    @Test
    void aNexusHearsNothingOfItsOwnDoingUnderAnotherNumber() {
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("disk", false))));
        for (int conditions = 0; conditions < UnitAttention.values().length; conditions++) {
            one.onLun(1, 0, 0x00);
        }
        one.send(
                1L << 48,
                TaskAttribute.SIMPLE,
                new ArrayTransfer(new byte[512], 0, true),
                0x2A,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                1,
                0);
        assertEquals(COMPLETE, one.manage(Function.CLEAR_TASK_SET, 0).response());
        assertEquals(ScsiStatus.GOOD, one.onLun(1, 0, 0x00).status());
    }

    @Test
    void aNexusResetIsANexusLossForTheNexusAlone() {
        Sent mine = beginWrite(one, true);
        Sent others = two.beginRead(TaskAttribute.SIMPLE);
        assertEquals(COMPLETE, one.manage(Function.I_T_NEXUS_RESET, 0).response());
        assertAborted(mine);
        assertEquals(SenseCode.I_T_NEXUS_LOSS_OCCURRED, one.command(0x00).code());
        slow.releaseAll();
        assertTrue(others.isAnswered());
    }

    @Test
    void theMostImportantUnitAttentionIsToldWithoutBeingTaken() {
        assertEquals(COMPLETE, one.manage(Function.QUERY_ASYNCHRONOUS_EVENT, 0).response());
        one.beginRead(TaskAttribute.SIMPLE);
        two.manage(Function.CLEAR_TASK_SET, 0);
        assertEquals(
                event(0x16, 0x2F, 0x00),
                one.manage(Function.QUERY_ASYNCHRONOUS_EVENT, 0).response());
        two.manage(Function.LOGICAL_UNIT_RESET, 0);
        assertEquals(
                event(0x26, 0x29, 0x03),
                one.manage(Function.QUERY_ASYNCHRONOUS_EVENT, 0).response());
        assertEquals(
                SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, one.command(0x00).code());
        assertEquals(
                event(0x16, 0x2F, 0x00),
                one.manage(Function.QUERY_ASYNCHRONOUS_EVENT, 0).response());
    }

    /** SAM-5 7.10: UADE DEPTH (1 one, 2 more) in bits 5 and 4 and the sense key, ASC, ASCQ. */
    private static Optional<Response> event(int depthAndKey, int asc, int ascq) {
        return Optional.of(Response.succeeded(depthAndKey << 16 | asc << 8 | ascq));
    }

    @Test
    void clearAcaIsRejectedAndOtherNumbersHaveNoUnit() {
        assertEquals(
                Optional.of(Response.FUNCTION_REJECTED),
                one.manage(Function.CLEAR_ACA, 0).response());
        assertEquals(
                Optional.of(Response.INCORRECT_LOGICAL_UNIT_NUMBER),
                one.manage(Function.ABORT_TASK_SET, 9, 0).response());
    }

    @Test
    void aLostNexusTakesItsTasksWithIt() {
        Sent waiting = beginWrite(one, true);
        Sent reading = one.beginRead(TaskAttribute.SIMPLE);
        one.leave();
        assertAborted(waiting);
        slow.releaseAll();
        assertAborted(reading);
        Sent late = one.beginRead(TaskAttribute.SIMPLE);
        assertAborted(late);
        one.returnAgain();
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                one.command(0x00).code());
    }
}
