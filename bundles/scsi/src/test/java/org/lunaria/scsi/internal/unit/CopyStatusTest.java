package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.unit.CopyStand.abort;
import static org.lunaria.scsi.internal.unit.CopyStand.ask;
import static org.lunaria.scsi.internal.unit.CopyStand.begin;
import static org.lunaria.scsi.internal.unit.CopyStand.blocks;
import static org.lunaria.scsi.internal.unit.CopyStand.filled;
import static org.lunaria.scsi.internal.unit.CopyStand.forwardedSense;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.scsi.internal.slot.Policy.WhenGone;

/** How far a copy is, how it ends early, and what is told of it later (SPC-4 5.17.4). */
class CopyStatusTest {
    private static final int STATUS = 0x00;
    private static final int DATA = 0x01;
    private static final int FAILURE_DETAILS = 0x04;
    private static final int LIST = 9;
    private static final int PIECE = 256;

    private final ArrayBackend disk = filled(1);
    private final ArrayBackend otherDisk = filled(2);
    private final FaultyBackend faulty = new FaultyBackend(disk);
    private final SlowBackend slow = new SlowBackend(faulty);
    private final CopyStand stand = new CopyStand(slow, otherDisk);
    private final Initiator host = stand.bench.initiator();

    private Initiator.Sent beginCopy(int list) {
        return begin(
                host, 0, stand.both().copy(0, 0, 1, 0, 3).copy(0, 0, 1, 0, 2048).lid1(list));
    }

    private void releaseUntilAnswered(Initiator.Sent copy) {
        while (!copy.isAnswered()) {
            slow.release();
        }
    }

    private Answer askLong(int list) {
        return host.read(1024, 0x84, 0x05, 0, 0, 0, list, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0);
    }

    @Test
    void theStatusTellsHowFarTheCopyIs() {
        Initiator.Sent copy = beginCopy(LIST);
        slow.release();
        assertEquals(4, slow.held().size(), "pieces at a time");
        slow.release();
        byte[] status = ask(host, STATUS, LIST).data();
        assertArrayEquals(new byte[] {0, 0, 0, 8, 0, 0, 1, 0, 0, 2, 6, 0}, status);
        byte[] longStatus = askLong(LIST).data();
        assertEquals(32, longStatus.length);
        assertArrayEquals(new byte[] {0, 0, 0, 28, 0, 0x11, 0, 3}, Arrays.copyOf(longStatus, 8));
        releaseUntilAnswered(copy);
        assertEquals(ScsiStatus.GOOD, copy.answer().status());
        assertArrayEquals(
                new byte[] {0, 0, 0, 8, 1, 0, 2, 0, 0, 16, 6, 0},
                ask(host, STATUS, LIST).data());
        assertEquals(0x01, askLong(LIST).data()[5]);
        assertArrayEquals(new byte[4], ask(host, DATA, LIST).data());
        assertArrayEquals(new byte[4], ask(host, FAILURE_DETAILS, LIST).data());
    }

    @Test
    void aListIdentifierIsKnownToItsNexusOnly() {
        slow.letThrough(true);
        beginCopy(LIST);
        Initiator stranger = stand.bench.initiator("stranger");
        assertEquals(ScsiStatus.GOOD, ask(host, STATUS, LIST).status());
        for (Answer answer : List.of(
                ask(stranger, STATUS, LIST),
                ask(host, STATUS, 1),
                ask(host, DATA, 1),
                abort(host, 1).answer())) {
            assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
            assertEquals("CDB 2.7", answer.pointer());
        }
        host.leave();
        host.returnAgain();
        host.ready();
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, ask(host, STATUS, LIST).code());
    }

    @Test
    void aListIdentifierThatIsInUseIsRefused() {
        Initiator.Sent copy = beginCopy(LIST);
        assertEquals(SenseCode.OPERATION_IN_PROGRESS, beginCopy(LIST).answer().code());
        Initiator.Sent more = beginCopy(LIST + 1);
        releaseUntilAnswered(copy);
        releaseUntilAnswered(more);
        Initiator.Sent again = beginCopy(LIST);
        releaseUntilAnswered(again);
        assertEquals(ScsiStatus.GOOD, again.answer().status());
    }

    @Test
    void withoutAListIdentifierNothingIsKept() {
        byte[] list = stand.both().copy(0, 0, 1, 0, 8).lid1(0, 3);
        Initiator.Sent first = begin(host, 0, list);
        Initiator.Sent second = begin(host, 0, list);
        releaseUntilAnswered(first);
        releaseUntilAnswered(second);
        assertEquals(ScsiStatus.GOOD, second.answer().status());
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, ask(host, STATUS, 0).code());
    }

    @Test
    void aFailingStoreEndsTheCopyAndTheDetailsTellWhere() {
        Initiator.Sent copy = beginCopy(LIST);
        slow.release();
        slow.release();
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 5 * PIECE * 512);
        releaseUntilAnswered(copy);
        Answer answer = copy.answer();
        assertEquals(SenseCode.THIRD_PARTY_DEVICE_FAILURE, answer.code());
        assertEquals("list " + CopyLists.LID1_HEADER + ".7", answer.pointer());
        assertEquals(1, answer.sense()[11], "the segment");
        assertEquals("3/11/00", forwardedSense(answer));
        assertEquals(0, slow.held().size());
        byte[] details = ask(host, FAILURE_DETAILS, LIST).data();
        assertEquals(60 + answer.sense().length, details.length);
        assertEquals(details.length - 4, details[3]);
        assertEquals(ScsiStatus.CHECK_CONDITION.code(), details[56]);
        assertArrayEquals(answer.sense(), Arrays.copyOfRange(details, 60, details.length));
        byte[] status = ask(host, STATUS, LIST).data();
        assertEquals(2, status[4]);
        assertEquals(1, status[6], "segments that are done");
        byte[] longStatus = askLong(LIST).data();
        assertEquals(2, longStatus[5]);
        assertArrayEquals(answer.sense(), Arrays.copyOfRange(longStatus, 32, longStatus.length));
    }

    @Test
    void aStoreThatIsFullIsADestinationThatFails() {
        Initiator.Sent copy = begin(host, 0, stand.both().copy(1, 0, 0, 0, 8).lid1(LIST));
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        releaseUntilAnswered(copy);
        assertEquals("7/27/07", forwardedSense(copy.answer()));
        assertEquals("list 16.7", copy.answer().pointer());
        assertEquals(0, copy.answer().sense()[8], "not the source");
    }

    @Test
    void aStoreThatIsBusyForAMomentIsAskedAgain() {
        Initiator.Sent copy = begin(host, 0, stand.both().copy(0, 0, 1, 0, 2048).lid1(LIST));
        faulty.failNext(Operation.READ, Fault.BUSY, -1);
        releaseUntilAnswered(copy);
        assertEquals(ScsiStatus.GOOD, copy.answer().status());
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(otherDisk, 0, 2048));
    }

    @Test
    void aStoreThatStaysBusyEndsTheCopyWhenNothingElseGetsOn() {
        for (int refusals : new int[] {4, 1000}) {
            SlowBackend source = new SlowBackend(filled(1));
            ArrayBackend written = filled(2);
            FaultyBackend destination = new FaultyBackend(written);
            CopyStand busy = new CopyStand(source, destination);
            Initiator by = busy.bench.initiator();
            Initiator.Sent copy =
                    begin(by, 0, busy.both().copy(0, 0, 1, 0, 4 * PIECE).lid1(LIST));
            for (int i = 0; i < refusals; i++) {
                destination.failNext(Operation.WRITE, Fault.BUSY, -1);
            }
            while (!copy.isAnswered()) {
                source.release();
            }
            if (refusals == 4) {
                assertEquals(0, destination.failuresLeft());
                assertEquals(ScsiStatus.GOOD, copy.answer().status());
                assertArrayEquals(blocks(filled(1), 0, 4 * PIECE), blocks(written, 0, 4 * PIECE));
            } else {
                assertTrue(destination.failuresLeft() > 980, "it is not asked on and on");
                assertEquals(SenseCode.THIRD_PARTY_DEVICE_FAILURE, copy.answer().code());
                assertEquals(ScsiStatus.BUSY.code(), CopyStand.forwardedStatus(copy.answer()));
            }
        }
    }

    @Test
    void aCopyThatWaitsForABackendIsAbortedAtOnce() {
        LogicalUnit gone = stand.bench.engine().unit(waiting(Bench.settings("gone")));
        assertEquals(Optional.empty(), stand.bench.engine().add(gone));
        stand.bench.map(new LunMap(Map.of(0, CopyStand.DISK, 2, new Mapping("gone", false))));
        ArrayBackend first = filled(4);
        gone.slot().attach(first);
        gone.slot().detach(first);
        host.ready();
        slow.letThrough(true);
        CopyLists list = new CopyLists().naa(gone.settings().identity().naa());
        Initiator.Sent copy = begin(host, 0, list.copy(0xFFFF, 0, 0, 0, 2048).lid1(LIST));
        assertFalse(copy.isAnswered());
        Initiator.Sent abort = abort(host, LIST);
        assertEquals(ScsiStatus.GOOD, abort.answer().status());
        assertEquals(ScsiStatus.TASK_ABORTED, copy.answer().status());
        ArrayBackend second = filled(5);
        gone.slot().attach(second);
        assertArrayEquals(blocks(filled(5), 0, 2048), blocks(second, 0, 2048));
    }

    private static UnitSettings waiting(UnitSettings settings) {
        return new UnitSettings(
                settings.name(),
                settings.backendId(),
                settings.identity(),
                settings.blockBytes(),
                settings.readOnly(),
                settings.writeCache(),
                settings.taskAbortedStatus(),
                new Policy(WhenGone.HOLD, 30_000));
    }

    @Test
    void copyOperationAbortIsDoneWhenNothingIsUnderWay() {
        Initiator.Sent copy = beginCopy(LIST);
        slow.release();
        Initiator.Sent abort = abort(host, LIST);
        for (int left = 4; left > 0; left--) {
            assertFalse(abort.isAnswered());
            assertFalse(copy.isAnswered());
            slow.release();
        }
        assertEquals(ScsiStatus.TASK_ABORTED, copy.answer().status());
        assertEquals(ScsiStatus.GOOD, abort.answer().status());
        assertEquals(0, slow.held().size());
        assertArrayEquals(blocks(filled(2), 3, 2045), blocks(otherDisk, 3, 2045));
        assertEquals(0x60, askLong(LIST).data()[5]);
        assertEquals(2, ask(host, STATUS, LIST).data()[4]);
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, abort(host, LIST).answer().code());
    }

    @Test
    void abortTaskIsDoneWhenNothingIsUnderWay() {
        Initiator.Sent copy = beginCopy(LIST);
        slow.release();
        Initiator.Managed abort = host.manage(Function.ABORT_TASK, copy.tag());
        for (int left = 4; left > 0; left--) {
            assertEquals(Optional.empty(), abort.response());
            slow.release();
        }
        assertEquals(Optional.of(Response.FUNCTION_COMPLETE), abort.response());
        assertFalse(copy.isAnswered());
        assertTrue(copy.transfer().isCancelled());
        assertEquals(0, slow.held().size());
        assertArrayEquals(blocks(filled(2), 3, 2045), blocks(otherDisk, 3, 2045));
        assertEquals(0x60, askLong(LIST).data()[5]);
    }

    @Test
    void aNexusThatIsLostCopiesNoMore() {
        Initiator.Sent copy = beginCopy(LIST);
        slow.release();
        List<String> ended = new ArrayList<>();
        stand.bench.target().detach(host.nexus(), () -> ended.add("ended"));
        for (int left = 4; left > 0; left--) {
            assertEquals(List.of(), ended);
            slow.release();
        }
        assertEquals(List.of("ended"), ended);
        assertEquals(0, slow.held().size());
        assertTrue(copy.transfer().isCancelled());
        assertArrayEquals(blocks(filled(2), 3, 2045), blocks(otherDisk, 3, 2045));
    }

    @Test
    void copiesAreBoundedAndTheirBuffersComeBack() {
        for (int round = 0; round < 3; round++) {
            List<Initiator.Sent> copies = new ArrayList<>();
            for (int i = 0; i < 33; i++) {
                copies.add(beginCopy(i));
            }
            assertEquals(ScsiStatus.BUSY, copies.get(32).answer().status());
            assertEquals(SenseCode.INVALID_FIELD_IN_CDB, ask(host, STATUS, 32).code());
            for (Initiator.Sent copy : copies) {
                releaseUntilAnswered(copy);
            }
        }
    }
}
