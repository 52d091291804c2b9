package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** A backend that does not end what it has: what becomes of its unit, and of others. */
class HungBackendTest {
    private static final int MANY = 10_000;

    private final ArrayBackend backend = Bench.backend();
    private final FaultyBackend faulty = new FaultyBackend(backend);
    private final SlowBackend slow = new SlowBackend(faulty);
    private final ManualTimer timer = new ManualTimer();
    private final Bench bench = Bench.holding(slow, timer);
    private final Initiator one = bench.initiator("one");

    @Test
    void commandsThatWaitForItAreBoundedAndTheRestIsToldSo() {
        List<Sent> all = new ArrayList<>();
        for (int count = 0; count < MANY; count++) {
            all.add(one.beginRead(TaskAttribute.SIMPLE));
        }
        assertEquals(TaskSet.LIMIT, bench.unit().status().inFlight());
        assertEquals(
                MANY - TaskSet.LIMIT,
                all.stream()
                        .filter(Sent::isAnswered)
                        .filter(sent -> sent.answer().status() == ScsiStatus.TASK_SET_FULL)
                        .count());
        slow.letThrough(true);
        slow.releaseAll();
        assertTrue(all.stream().allMatch(Sent::isAnswered));
    }

    @Test
    void whatANexusLostAndTheBackendKeepsIsTheBackendsUntilItEndsIt() {
        Sent write = write(one, (byte) 1);
        Sent read = one.beginRead(TaskAttribute.SIMPLE);
        one.leave();
        assertTrue(write.transfer().holdsBuffer() && read.transfer().holdsBuffer());
        slow.releaseAll();
        assertFalse(write.transfer().holdsBuffer() || read.transfer().holdsBuffer());
        assertFalse(write.isAnswered() || read.isAnswered());
    }

    @Test
    void afterItWasTakenOutWithAWriteTheNextGetsThatWriteAndTheInitiatorOneAnswer() {
        Sent write = write(one, (byte) 7);
        detachInterrupted();
        ArrayBackend next = Bench.backend();
        bench.attach(next);
        assertFalse(write.isAnswered());
        assertTrue(write.transfer().holdsBuffer());
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, write.answer().status());
        assertArrayEquals(new byte[] {7}, next.contents(0, 1));
        assertFalse(write.transfer().holdsBuffer());
    }

    @Test
    void whatItEndsOfflineWhenItIsClosedAtLastIsDoneOnTheNext() {
        Sent write = write(one, (byte) 7);
        detachInterrupted();
        ArrayBackend next = Bench.backend();
        bench.attach(next);
        faulty.failNext(Fault.OFFLINE);
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, write.answer().status());
        assertArrayEquals(new byte[] {7}, next.contents(0, 1));
        assertArrayEquals(new byte[] {0}, backend.contents(0, 1));
    }

    @Test
    void anAbortIsAnsweredThoughTheBackendHasGoneWithTheTask() {
        Sent write = write(one, (byte) 7);
        detachInterrupted();
        Initiator.Managed abort = one.manage(Function.ABORT_TASK, write.tag());
        timer.advance(AbortCountdown.ANSWER_MILLIS);
        assertEquals(Optional.of(Response.FUNCTION_REJECTED), abort.response());
        bench.attach(Bench.backend());
        slow.releaseAll();
        assertFalse(write.isAnswered());
        assertFalse(write.transfer().holdsBuffer());
        assertEquals(0, bench.unit().status().inFlight());
    }

    @Test
    void anotherUnitOfTheSameNexusGoesOn() {
        LogicalUnit other = bench.engine().unit(Bench.settings("other"));
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(Bench.backend());
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("other", false))));
        Initiator two = bench.initiator("two").ready();
        write(two, (byte) 1);
        two.onLun(1, 0, 0x00);
        assertEquals(
                ScsiStatus.GOOD,
                two.onLun(1, 512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).status());
        assertEquals(1, slow.held().size());
    }

    private static Sent write(Initiator initiator, byte first) {
        byte[] data = new byte[512];
        data[0] = first;
        return initiator.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(data, 0, false), 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    /** The slot does not wait for who is interrupted. */
    private void detachInterrupted() {
        Thread.currentThread().interrupt();
        bench.detach(slow);
        assertTrue(Thread.interrupted());
    }
}
