package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.pdu.NopInPdu;
import org.lunaria.iscsi.internal.pdu.NopOutPdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.ScsiResponsePdu;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** A unit whose store is silent, beside one that answers: the first takes what memory it can get, the second goes on. */
class StuckUnitTest {
    private static final byte[] NOTHING = {};
    private static final int PAGE = BufferPool.BUFFER_BYTES_MAX;
    private static final int MEBIBYTE = 1 << 20;

    /** Less than makes an output full. */
    private static final int LIVELY_BYTES = 512 * 1024;

    private static final int SILENT = 0;
    private static final int LIVELY = 1;

    /** 64 pages: 48 may be reserved, 8 are spare. */
    private final Scene scene = new Scene(Limits.DEFAULT, 64 * PAGE);

    private final List<Task> kept = new ArrayList<>();
    private final List<Initiator> all = new ArrayList<>();
    private final Initiator one = session("one");
    private final Initiator two = session("two");
    private final Initiator other = session("other");
    private long second;

    private Initiator session(String name) {
        Initiator initiator = scene.connect();
        initiator.login("iqn.2001-04.com.example:" + name, "InitialR2T=No", "FirstBurstLength=262144");
        all.add(initiator);
        initiator.openWindow();
        return initiator;
    }

    @Test
    void whatItReservedKeepsNobodyElseWaiting() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        fill(task -> two.read(task, MEBIBYTE));
        other.lun = LIVELY;
        other.read(1, LIVELY_BYTES);
        assertEquals(List.of(), other.answers(), "nobody knows yet that it is stuck");
        pass(2);
        assertEquals(LIVELY_BYTES, dataBytes(other));
        useLively(other);
    }

    @Test
    void norDoesWhatItHasTaken() {
        silentUnlessLively(task -> task.data().dataIn(PAGE));
        fill(task -> one.read(task, PAGE));
        fill(task -> two.read(task, PAGE));
        pass(2);
        other.lun = LIVELY;
        useLively(other);
    }

    @Test
    void anotherUnitOfTheSameSessionGoesPastItWithAnOpenWindow() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        int started = kept.size();
        pass(2);
        one.lun = LIVELY;
        useLively(one);
        assertEquals(started, kept.size());
        NopOutPdu ping = new NopOutPdu();
        one.send(ping, NOTHING, () -> ping.immediate(true).initiatorTaskTag(9).cmdSN(one.cmdSN));
        NopInPdu answer = new NopInPdu().wrap(one.only().header(), 0);
        assertTrue(answer.maxCmdSN() - answer.expCmdSN() > 50, "the window is closed: " + answer.maxCmdSN());
    }

    @Test
    void itsCommandsAreDoneInOrderWhenItAnswersAgain() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        pass(2);
        int commands = (int) one.cmdSN - 1 - SessionRules.COMMANDS_MAX;
        for (int done = 0; done < kept.size(); done++) {
            kept.get(done).answer().accept(TaskResult.of(ScsiStatus.GOOD, MEBIBYTE));
            settle();
        }
        assertEquals(
                LongStream.range(0, commands).boxed().toList(),
                kept.stream().map(Task::tag).toList());
        pass(2);
        assertEquals(0, scene.pool.reservedBytes());
        assertEquals(0, scene.pool.usage().waiting());
    }

    @Test
    void whatIsAbortedGivesItsMemoryToWhoWaits() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        pass(2);
        int started = kept.size();
        kept.get(0).data().cancel();
        settle();
        assertEquals(started, kept.size(), "it has more than is left");
        for (Task task : List.copyOf(kept).subList(1, started)) {
            task.data().cancel();
        }
        settle();
        assertTrue(kept.size() > started, "nothing goes on");
    }

    @Test
    void dataThatItIsSentUnaskedIsRefusedBeforeThatOfOthersIs() {
        silentUnlessLively(task -> {});
        byte[] data = new byte[PAGE];
        int refused = 0;
        for (int tag = 0; tag < 100 && refused == 0; tag++) {
            one.inPieces(PAGE / 2, write(one, tag, data));
            refused += statuses(one).size();
        }
        assertEquals(1, refused);
        assertTrue(left() >= 2 * 8 - 1, left() + " pages are left to others");
        other.lun = LIVELY;
        for (int tag = 0; tag < 10; tag++) {
            other.inPieces(PAGE / 2, write(other, tag, data));
            pass(1);
            assertEquals(List.of(ScsiStatus.GOOD), statuses(other));
        }
    }

    @Test
    void aUnitThatAnswersMayTakeAllOfIt() {
        List<Task> held = new ArrayList<>();
        scene.engine.script = held::add;
        byte[] data = new byte[PAGE];
        int tag = 0;
        for (; left() > 8 && tag < 100; tag++) {
            one.inPieces(PAGE / 2, write(one, tag, data));
            // Something comes back all the time, though less than is taken.
            if (tag % 8 == 7) {
                held.remove(0).answer().accept(TaskResult.GOOD);
                assertEquals(List.of(ScsiStatus.GOOD), statuses(one));
            }
        }
        assertTrue(tag > 50 && tag < 100);
        assertEquals(List.of(), statuses(one));
    }

    @Test
    void aUnitThatWaitsForMemoryIsNotTakenForOneThatIsStuck() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        other.lun = LIVELY;
        byte[] data = new byte[PAGE];
        for (int tag = 0; tag < 12; tag++) {
            long write = tag;
            other.inPieces(PAGE / 2, () -> other.command(write, false, true, 2 * PAGE, data, true));
        }
        assertEquals(List.of(), other.answers());
        pass(2);
        assertEquals(Collections.nCopies(12, ScsiStatus.GOOD), statuses(other));
    }

    @Test
    void aSessionThatEndsLeavesNothingBehind() {
        silentUnlessLively(task -> {});
        fill(task -> one.read(task, MEBIBYTE));
        fill(task -> two.read(task, MEBIBYTE));
        pass(2);
        one.wire.close();
        two.wire.close();
        settle();
        assertEquals(0, scene.pool.reservedBytes());
        assertEquals(0, scene.pool.usage().waiting());
    }

    private void silentUnlessLively(Consumer<Task> silent) {
        Consumer<Task> reads = scene.engine.sends(LIVELY_BYTES, PAGE, TaskResult.GOOD);
        scene.engine.script = task -> {
            if (task.lun() >>> 48 == SILENT) {
                kept.add(task);
                silent.accept(task);
            } else if (task.data().dataInBytes() > 0) {
                reads.accept(task);
            } else {
                task.answer().accept(TaskResult.GOOD);
            }
        };
    }

    /** Gives commands until some wait. */
    private void fill(Consumer<Long> command) {
        long waitedBefore = scene.pool.usage().waiting();
        long tag = 0;
        for (; scene.pool.usage().waiting() == waitedBefore && tag < 100; tag++) {
            command.accept(tag);
        }
        assertTrue(tag < 100, "memory is not short");
        command.accept(tag);
    }

    private void useLively(Initiator initiator) {
        for (long tag = 1000; tag < 1020; tag++) {
            initiator.read(tag, LIVELY_BYTES);
            assertEquals(LIVELY_BYTES, dataBytes(initiator));
        }
    }

    private Runnable write(Initiator initiator, long tag, byte[] data) {
        return () -> initiator.command(tag, false, true, data.length, data, true);
    }

    /** Lets time go by. */
    private void pass(int seconds) {
        for (int passed = 0; passed < seconds; passed++) {
            second++;
            all.forEach(each -> each.wire.tick(TimeUnit.SECONDS.toNanos(second)));
        }
        settle();
    }

    private void settle() {
        all.forEach(each -> each.wire.settle());
    }

    private long left() {
        BufferPool.Usage usage = scene.pool.usage();
        return (usage.budget() - usage.used()) / PAGE;
    }

    private static int dataBytes(Initiator initiator) {
        return initiator.answers().stream()
                .filter(answer -> answer.opcode() == Opcode.DATA_IN)
                .mapToInt(answer -> answer.data().length)
                .sum();
    }

    private static List<ScsiStatus> statuses(Initiator initiator) {
        return initiator.answers().stream()
                .filter(answer -> answer.opcode() == Opcode.SCSI_RESPONSE)
                .map(answer -> new ScsiResponsePdu().wrap(answer.header(), 0).status())
                .map(code -> code == ScsiStatus.GOOD.code() ? ScsiStatus.GOOD : ScsiStatus.TASK_SET_FULL)
                .toList();
    }
}
