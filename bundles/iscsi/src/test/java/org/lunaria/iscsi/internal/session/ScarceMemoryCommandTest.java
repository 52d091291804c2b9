package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.NopInPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.session.Initiator.Got;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** What a session does when the buffer pool runs low. */
class ScarceMemoryCommandTest {
    private static final byte[] NOTHING = {};
    private static final int PAGE = BufferPool.BUFFER_BYTES_MAX;

    /** 64 pages: 48 may be reserved, 8 are spare. */
    private final Scene scene = new Scene(Limits.DEFAULT, 64 * PAGE);

    private final Initiator initiator = scene.login("InitialR2T=No", "FirstBurstLength=262144");
    private final List<PooledBuffer> taken = new ArrayList<>();

    @Test
    void withoutSpareMemoryAWriteThatBringsDataIsRefusedAndItsConnectionStays() {
        leave(7);
        byte[] data = ScriptedTarget.pattern(0, PAGE);
        initiator.command(1, false, true, PAGE, data, true);
        initiator.command(2, false, true, 4096, ScriptedTarget.pattern(0, 4096), true);
        assertEquals(List.of(ScsiStatus.TASK_SET_FULL, ScsiStatus.TASK_SET_FULL), statuses());
        assertEquals(List.of(), scene.engine.tasks);
        assertEquals(7, left());
        leave(20);
        scene.engine.script = scene.engine.receives(4096);
        initiator.command(3, false, true, 4096, ScriptedTarget.pattern(0, 4096), true);
        assertEquals(List.of(ScsiStatus.GOOD), statuses());
    }

    @Test
    void withoutSpareMemoryUnsolicitedDataIsTakenFromTheInitiatorAndTheCommandRefused() {
        leave(7);
        initiator.command(1, false, true, 8192, NOTHING, false);
        initiator.dataOut(1, Pdu.RESERVED_TAG, 0, 0, new byte[4096], false);
        assertEquals(List.of(), initiator.answers());
        initiator.dataOut(1, Pdu.RESERVED_TAG, 1, 4096, new byte[4096], true);
        assertEquals(List.of(ScsiStatus.TASK_SET_FULL), statuses());
        assertEquals(7, left());
    }

    @Test
    void aCommandThatWaitsIsRefusedWhenThereIsNoSpareMemoryForItsDataAnyMore() {
        leave(20);
        assertTrue(scene.pool.tryReserve(scene.pool.nobody(), BufferPool.NO_NUMBER, 4 * PAGE));
        initiator.command(1, false, true, 8192, NOTHING, false);
        leave(7);
        initiator.dataOut(1, Pdu.RESERVED_TAG, 0, 0, new byte[4096], false);
        initiator.dataOut(1, Pdu.RESERVED_TAG, 1, 4096, new byte[4096], true);
        assertEquals(List.of(ScsiStatus.TASK_SET_FULL), statuses());
        assertEquals(7, left());
    }

    @Test
    void withoutSpareMemoryOtherRequestsAreAnswered() {
        leave(3);
        NopOutPdu ping = new NopOutPdu();
        initiator.send(
                ping,
                new byte[5000],
                () -> ping.immediate(true)
                        .initiatorTaskTag(9)
                        .targetTransferTag(Pdu.RESERVED_TAG)
                        .cmdSN(1));
        assertEquals(9, new NopInPdu().wrap(initiator.only().header(), 0).initiatorTaskTag());
    }

    @Test
    void aWriteWhoseDataIsThereNeedsNoMoreMemory() {
        leave(20);
        assertTrue(scene.pool.tryReserve(scene.pool.nobody(), BufferPool.NO_NUMBER, 4 * PAGE));
        assertFalse(scene.pool.tryReserve(scene.pool.nobody(), BufferPool.NO_NUMBER, 1));
        scene.engine.script = scene.engine.receives(4096);
        initiator.command(1, false, true, 4096, ScriptedTarget.pattern(0, 4096), true);
        assertEquals(List.of(ScsiStatus.GOOD), statuses());
    }

    @Test
    void aSmallWriteByR2tTakesAsMuchMemoryAsItHasData() {
        Initiator other = another("ImmediateData=No");
        scene.engine.script = scene.engine.receives(4096);
        long before = scene.pool.takenBytes();
        other.command(1, false, true, 4096, NOTHING, true);
        long tag = new ReadyToTransferPdu().wrap(other.only().header(), 0).targetTransferTag();
        assertEquals(4096, scene.pool.reservedBytes());
        other.dataOut(1, tag, 0, 0, ScriptedTarget.pattern(0, 2048), false);
        assertEquals(before + 4096, scene.pool.takenBytes());
        other.dataOut(1, tag, 1, 2048, ScriptedTarget.pattern(2048, 2048), true);
        assertEquals(before, scene.pool.takenBytes());
    }

    @Test
    void whileMemoryIsShortTheWindowClosesButForOneCommand() {
        leave(10);
        scene.engine.script = task -> {};
        NopOutPdu ping = new NopOutPdu();
        for (int count = 0; count < 130; count++) {
            initiator.send(
                    ping,
                    NOTHING,
                    () -> ping.initiatorTaskTag(9)
                            .targetTransferTag(Pdu.RESERVED_TAG)
                            .cmdSN(initiator.cmdSN++));
        }
        List<Got> answers = initiator.answers();
        NopInPdu last = new NopInPdu().wrap(answers.get(answers.size() - 1).header(), 0);
        assertEquals(130, answers.size());
        assertEquals(last.expCmdSN(), last.maxCmdSN());
        leave(60);
        initiator.read(1, 512);
        initiator.send(
                ping, NOTHING, () -> ping.immediate(true).initiatorTaskTag(9).cmdSN(initiator.cmdSN));
        last.wrap(initiator.only().header(), 0);
        // A quarter of the 28 pages that are left below half of the 64.
        assertEquals(last.expCmdSN() + 6, last.maxCmdSN());
    }

    @Test
    void whoMayNotReadGoesOnWhenItIsAskedForData() {
        scene.engine.script = task -> {};
        initiator.command(1, false, true, 4096, NOTHING, true);
        leave(10);
        initiator.read(2, 512);
        assertFalse(initiator.wire.reading);
        scene.engine.receives(4096).accept(scene.engine.tasks.get(0));
        initiator.wire.settle();
        assertTrue(initiator.wire.reading);
        assertEquals(Opcode.READY_TO_TRANSFER, initiator.only().opcode());
        assertEquals(1, scene.engine.tasks.size());
    }

    @Test
    void whatWasReadLateHasThePlaceThatItsConnectionHad() {
        leave(10);
        assertTrue(scene.pool.tryReserve(scene.pool.nobody(), BufferPool.NO_NUMBER, 1));
        scene.engine.script = task -> {};
        initiator.read(1, 4096);
        List<String> served = new ArrayList<>();
        scene.pool.await(
                BufferPool.Purpose.TASK, scene.pool.nobody(), scene.pool.number(), PAGE, () -> served.add("later"));
        leave(17);
        initiator.wire.settle();
        assertEquals(1, scene.engine.tasks.size());
        assertEquals(List.of(), served);
    }

    @Test
    void whoWaitsToReadAndGoesAwayLeavesTheQueue() {
        leave(10);
        assertTrue(scene.pool.tryReserve(scene.pool.nobody(), BufferPool.NO_NUMBER, 1));
        initiator.read(2, 512);
        assertEquals(1, scene.pool.usage().waiting());
        initiator.wire.close();
        initiator.wire.settle();
        assertEquals(0, scene.pool.usage().waiting());
        assertEquals(1, scene.pool.reservedBytes());
    }

    @Test
    void anInitiatorThatTakesNothingHoldsNoMoreThanItsAnswersAndIsDropped() {
        initiator.wire.stuck(true);
        scene.engine.script = scene.engine.sends(512, 512, TaskResult.GOOD);
        Initiator other = another("MaxRecvDataSegmentLength=65536");
        long before = scene.pool.usage().used();
        for (int tag = 0; tag < 20; tag++) {
            initiator.read(tag, 512);
            scene.engine.script = scene.engine.sends(PAGE - 4096, 32768, TaskResult.GOOD);
            other.read(tag, PAGE - 4096);
            other.answers();
            scene.engine.script = scene.engine.sends(512, 512, TaskResult.GOOD);
        }
        assertTrue(scene.pool.usage().used() >= before + 8 * PAGE);
        initiator.wire.tick(0);
        initiator.wire.tick(0);
        assertTrue(scene.pool.usage().used() <= before + PAGE);
        initiator.wire.stuck(false);
        List<Got> answers = initiator.answers();
        assertEquals(20, answers.size());
        answers.forEach(answer -> assertEquals(512, answer.data().length));

        initiator.wire.stuck(true);
        for (int second = 0; second <= 90; second++) {
            assertFalse(initiator.wire.isClosed());
            if (second % 20 == 0) {
                initiator.read(100 + second, 512);
            }
            initiator.wire.tick(0);
        }
        assertTrue(initiator.wire.isClosed());
    }

    @Test
    void commandsOfManySessionsStartInTheOrderInWhichTheyCameWhoeverHasMost() {
        List<Initiator> sessions = new ArrayList<>();
        for (int session = 0; session < 5; session++) {
            Initiator one = scene.connect();
            one.login("iqn.2001-04.com.example:host" + session);
            one.openWindow();
            sessions.add(one);
        }
        scene.engine.tasks.clear();
        scene.engine.script = task -> {};
        leave(22); // one command of 1 MiB may be under way, which needs 5 pages
        List<Long> came = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int session = 0; session < 5; session++) {
                // The first one sends four times as much as the others.
                for (int more = 0; more < (session == 0 ? 4 : 1); more++) {
                    long tag = 100L * session + 10 * round + more;
                    sessions.get(session).read(tag, 1 << 20);
                    came.add(tag);
                }
            }
        }
        for (int done = 0; done < came.size(); done++) {
            assertEquals(
                    came.subList(0, done + 1),
                    scene.engine.tasks.stream().map(Task::tag).toList());
            scene.engine.tasks.get(done).answer().accept(TaskResult.of(ScsiStatus.GOOD, 1 << 20));
            sessions.forEach(each -> each.wire.settle());
        }
    }

    private Initiator another(String... pairs) {
        Initiator another = scene.connect();
        another.login("iqn.2001-04.com.example:other", pairs);
        return another;
    }

    /** Takes pages, or gives some back, until so many are left. */
    private void leave(int pages) {
        while (left() > pages) {
            taken.add(scene.pool.take(PAGE));
        }
        while (left() < pages) {
            taken.remove(0).release();
        }
    }

    private long left() {
        BufferPool.Usage usage = scene.pool.usage();
        return (usage.budget() - usage.used()) / PAGE;
    }

    private List<ScsiStatus> statuses() {
        return initiator.answers().stream()
                .map(answer -> new ScsiResponsePdu().wrap(answer.header(), 0).status())
                .map(ScarceMemoryCommandTest::status)
                .toList();
    }

    private static ScsiStatus status(int code) {
        for (ScsiStatus status : ScsiStatus.values()) {
            if (status.code() == code) {
                return status;
            }
        }
        throw new AssertionError("status " + code);
    }
}
