package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** COMPARE AND WRITE is one step to everybody who touches its blocks, and nothing to all others (SBC-4). */
class BlockOrderTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;

    private final SlowBackend backend = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(backend);
    private Initiator one;
    private Initiator two;
    private Initiator three;

    @BeforeEach
    void login() {
        one = bench.initiator("one");
        two = bench.initiator("two");
        three = bench.initiator("three");
    }

    private static ArrayTransfer out(int bytes) {
        return new ArrayTransfer(new byte[bytes], 0, false);
    }

    private static Sent read(Initiator by, TaskAttribute attribute, int lba, int blocks) {
        return by.begin(
                attribute,
                new ArrayTransfer(new byte[0], (long) blocks * BLOCK, false),
                0x28,
                0,
                0,
                0,
                0,
                lba,
                0,
                0,
                blocks,
                0);
    }

    private static Sent read(Initiator by, int lba, int blocks) {
        return read(by, TaskAttribute.SIMPLE, lba, blocks);
    }

    private static Sent write(Initiator by, TaskAttribute attribute, int lba, int blocks) {
        return by.begin(attribute, out(blocks * BLOCK), 0x2A, 0, 0, 0, 0, lba, 0, 0, blocks, 0);
    }

    private static Sent write(Initiator by, int lba, int blocks) {
        return write(by, TaskAttribute.SIMPLE, lba, blocks);
    }

    private static Sent compareAndWrite(Initiator by, ArrayTransfer data, int lba, int blocks) {
        return by.begin(TaskAttribute.SIMPLE, data, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, lba, 0, 0, 0, blocks, 0, 0);
    }

    private static Sent compareAndWrite(Initiator by, int lba, int blocks) {
        return compareAndWrite(by, out(2 * blocks * BLOCK), lba, blocks);
    }

    private void assertHeld(Operation... operations) {
        assertEquals(List.of(operations), backend.held());
    }

    private void releaseAllThereIs() {
        while (!backend.held().isEmpty()) {
            backend.releaseAll();
        }
    }

    private static void assertGood(Sent... all) {
        for (Sent sent : all) {
            assertEquals(ScsiStatus.GOOD, sent.answer().status());
        }
    }

    @Test
    void itWaitsForAWriteThatIsAtWorkOnOneOfItsBlocks() {
        Sent writing = write(one, 4, 2);
        Sent claiming = compareAndWrite(two, 5, 2);
        assertHeld(Operation.WRITE);
        backend.release();
        assertGood(writing);
        assertHeld(Operation.READ);
        releaseAllThereIs();
        assertGood(claiming);
        assertTrue(bench.unit().blockOrder().isIdle());
    }

    @Test
    void itWaitsForAReadToo() {
        Sent reading = read(one, 5, 1);
        Sent claiming = compareAndWrite(one, 5, 1);
        assertHeld(Operation.READ);
        backend.release();
        assertGood(reading);
        releaseAllThereIs();
        assertGood(claiming);
    }

    @Test
    void itDoesNotWaitForOthersBlocks() {
        Sent writing = write(one, 4, 1);
        Sent reading = read(one, 6, 1);
        Sent claiming = compareAndWrite(two, 5, 1);
        assertHeld(Operation.WRITE, Operation.READ, Operation.READ);
        releaseAllThereIs();
        assertGood(writing, reading, claiming);
    }

    @Test
    void whatTouchesItsBlocksBeginsAfterItsEnd() {
        Sent claiming = compareAndWrite(one, 5, 2);
        Sent beside = write(three, 20, 1);
        ByteBuffer list = ByteBuffer.allocate(24);
        list.putShort((short) 22).putShort((short) 16).putInt(0).putLong(100).putInt(8);
        List<Sent> touching = List.of(
                read(two, 0, 6),
                write(two, 6, 1),
                two.begin(TaskAttribute.SIMPLE, out(BLOCK), 0x41, 0, 0, 0, 0, 6, 0, 0, 9, 0),
                two.begin(TaskAttribute.SIMPLE, out(0), 0x2F, 0, 0, 0, 0, 5, 0, 0, 1, 0),
                two.begin(TaskAttribute.SIMPLE, out(BLOCK), 0x2E, 2, 0, 0, 0, 5, 0, 0, 1, 0),
                two.begin(
                        TaskAttribute.SIMPLE,
                        new ArrayTransfer(list.array(), 0, false),
                        0x42,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        24,
                        0),
                read(two, TaskAttribute.HEAD_OF_QUEUE, 5, 1),
                compareAndWrite(three, 6, 2));
        assertHeld(Operation.READ, Operation.WRITE);
        backend.release();
        assertHeld(Operation.WRITE, Operation.WRITE);
        touching.forEach(sent -> assertFalse(sent.isAnswered()));
        releaseAllThereIs();
        assertGood(claiming, beside);
        touching.forEach(BlockOrderTest::assertGood);
        assertTrue(bench.unit().blockOrder().isIdle());
    }

    @Test
    void whatMovesNoBlocksIsNotConcerned() {
        Sent claiming = compareAndWrite(one, 0, 1);
        assertEquals(ScsiStatus.GOOD, two.command(0x00).status());
        assertEquals(
                ScsiStatus.GOOD, two.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).status());
        releaseAllThereIs();
        assertGood(claiming);
    }

    @Test
    void nobodyPassesOneThatWaits() {
        Sent writing = write(one, 5, 1);
        Sent claiming = compareAndWrite(two, 5, 2);
        Sent reading = read(three, 6, 1);
        assertHeld(Operation.WRITE);
        backend.release();
        assertHeld(Operation.READ);
        backend.release();
        assertHeld(Operation.WRITE);
        backend.release();
        assertGood(writing, claiming);
        assertHeld(Operation.READ);
        backend.release();
        assertGood(reading);
    }

    @Test
    void oneAfterTheOtherClaimsABlock() {
        Sent first = compareAndWrite(one, 5, 1);
        Sent second = compareAndWrite(two, 5, 1);
        assertHeld(Operation.READ);
        backend.release();
        backend.release();
        assertGood(first);
        assertFalse(second.isAnswered());
        releaseAllThereIs();
        assertGood(second);
    }

    @Test
    void aMiscompareGivesTheBlocksBack() {
        byte[] other = new byte[2 * BLOCK];
        other[0] = 1;
        Sent claiming = compareAndWrite(one, new ArrayTransfer(other, 0, false), 5, 1);
        Sent reading = read(two, 5, 1);
        backend.release();
        assertEquals(ScsiStatus.CHECK_CONDITION, claiming.answer().status());
        backend.release();
        assertGood(reading);
    }

    @Test
    void aSlowInitiatorDoesNotKeepOthersFromTheBlocks() {
        Sent slow = compareAndWrite(one, new ArrayTransfer(new byte[2 * BLOCK], 0, true), 5, 1);
        assertTrue(slow.transfer().isAwaited());
        Sent reading = read(two, 5, 1);
        backend.release();
        assertGood(reading);
        slow.transfer().deliver();
        releaseAllThereIs();
        assertGood(slow);
    }

    @Test
    void oneThatIsAbortedWhileItWaitsGivesWay() {
        Sent writing = write(one, 5, 1);
        Sent claiming = compareAndWrite(two, 5, 1);
        Sent reading = read(three, 5, 1);
        assertHeld(Operation.WRITE);
        two.manage(Function.ABORT_TASK, claiming.tag());
        assertTrue(claiming.transfer().isCancelled());
        assertHeld(Operation.WRITE, Operation.READ);
        releaseAllThereIs();
        assertGood(writing, reading);
        assertTrue(bench.unit().blockOrder().isIdle());
    }

    @Test
    void whatIsAbortedWhileItWaitsForTheBlocksEndsAtOnce() {
        Sent claiming = compareAndWrite(one, 5, 1);
        Sent reading = read(two, 5, 1);
        two.manage(Function.ABORT_TASK, reading.tag());
        assertTrue(reading.transfer().isCancelled());
        releaseAllThereIs();
        assertGood(claiming);
        assertFalse(reading.isAnswered());
    }

    @Test
    void oneThatIsAbortedAtWorkKeepsTheBlocksUntilTheStoreIsDone() {
        Sent claiming = compareAndWrite(one, 5, 1);
        backend.release();
        assertHeld(Operation.WRITE);
        Sent reading = read(two, 5, 1);
        one.manage(Function.ABORT_TASK, claiming.tag());
        assertHeld(Operation.WRITE);
        backend.release();
        assertHeld(Operation.READ);
        backend.release();
        assertGood(reading);
    }

    @Test
    void theWriteOfALostNexusIsWaitedForAsWell() {
        write(one, 5, 1);
        one.leave();
        Sent claiming = compareAndWrite(two, 5, 1);
        assertHeld(Operation.WRITE);
        releaseAllThereIs();
        assertGood(claiming);
    }

    @Test
    void anOrderedTaskWaitsForItAndItForNoneThatWaitsInTheTaskSet() {
        Sent first = read(one, 9, 1);
        Sent ordered = write(one, TaskAttribute.ORDERED, 5, 1);
        Sent behind = write(one, 5, 1);
        Sent claiming = two.begin(
                TaskAttribute.HEAD_OF_QUEUE, out(2 * BLOCK), 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0);
        assertHeld(Operation.READ, Operation.READ);
        backend.release();
        assertGood(first);
        assertHeld(Operation.READ);
        backend.release();
        backend.release();
        assertGood(claiming);
        assertHeld(Operation.WRITE);
        releaseAllThereIs();
        assertGood(ordered, behind);
        assertTrue(bench.unit().blockOrder().isIdle());
    }

    @Test
    void aTaskThatWokeFromTheTaskSetIsWaitedForAgain() {
        Sent first = read(one, 9, 1);
        Sent ordered = write(one, TaskAttribute.ORDERED, 5, 1);
        backend.release();
        assertGood(first);
        assertHeld(Operation.WRITE);
        Sent claiming = two.begin(
                TaskAttribute.HEAD_OF_QUEUE, out(2 * BLOCK), 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0);
        assertHeld(Operation.WRITE);
        releaseAllThereIs();
        assertGood(ordered, claiming);
    }
}
