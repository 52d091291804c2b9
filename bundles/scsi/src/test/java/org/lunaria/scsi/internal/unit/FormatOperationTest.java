package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** What a unit does while it is formatted, and when that was not done (SBC-4 4.33). */
class FormatOperationTest {
    private static final int BYTES = Bench.BLOCK_BYTES * Bench.BLOCK_COUNT;

    /** FMTDATA with IMMED, FOV, IP and a pattern of FFh. */
    private static final byte[] LIST = {0, (byte) 0x8A, 0, 0, 0, 1, 0, 1, -1};

    private final ArrayBackend store = Bench.backend();
    private final SlowBackend slow = new SlowBackend(store);
    private final FaultyBackend faulty = new FaultyBackend(slow);
    private final Bench bench = open(faulty);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private Bench open(BlockBackend backend) {
        slow.letThrough(true);
        return Bench.of(backend);
    }

    private static Sent beginFormat(Initiator initiator) {
        return initiator.begin(TaskAttribute.SIMPLE, new ArrayTransfer(LIST, 0, false), 0x04, 0x10, 0, 0, 0, 0);
    }

    private static void assertRefused(SenseCode code, Answer answer) {
        assertEquals(ScsiStatus.CHECK_CONDITION, answer.status());
        assertEquals(code, answer.code());
    }

    private static Answer read(Initiator initiator) {
        return initiator.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    private void finish() {
        slow.letThrough(true);
        while (!slow.held().isEmpty()) {
            slow.release();
        }
    }

    private void assertFormatted(byte value) {
        byte[] expected = new byte[BYTES];
        Arrays.fill(expected, value);
        assertArrayEquals(expected, store.contents(0, BYTES));
    }

    @Test
    void withImmedItGoesOnBehindTheAnswer() {
        slow.letThrough(false);
        assertEquals(ScsiStatus.GOOD, beginFormat(one).answer().status());
        slow.release();
        slow.release();
        slow.release();

        byte[] sense = two.read(252, 0x03, 0, 0, 0, 252, 0).data();
        assertArrayEquals(
                new byte[] {0x70, 0, 2, 0, 0, 0, 0, 10, 0, 0, 0, 0, 4, 4, 0, (byte) 0x80, (byte) 0x80, 0}, sense);
        assertEquals("format, 50 %", bench.engine().units().get(0).operation());
        assertEquals(ScsiStatus.GOOD, two.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertRefused(SenseCode.FORMAT_IN_PROGRESS, two.command(0, 0, 0, 0, 0, 0));
        assertRefused(SenseCode.FORMAT_IN_PROGRESS, two.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertRefused(SenseCode.FORMAT_IN_PROGRESS, two.command(0x48, 2, 0, 0, 0, 0, 0, 0, 0, 0));

        finish();
        assertEquals(ScsiStatus.GOOD, read(two).status());
        assertFormatted((byte) -1);
    }

    @Test
    void aResetEndsItAndTheNextFormatWaitsForWhatIsUnderWay() {
        slow.letThrough(false);
        beginFormat(one);
        slow.release();
        two.manage(Function.LOGICAL_UNIT_RESET, 0);
        one.ready(SenseCode.MEDIUM_FORMAT_CORRUPTED);
        two.ready(SenseCode.MEDIUM_FORMAT_CORRUPTED);
        assertRefused(SenseCode.MEDIUM_FORMAT_CORRUPTED, read(one));
        assertEquals(
                ScsiStatus.GOOD, one.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, one.read(255, 0x1A, 0, 0x3F, 0, 255, 0).status());

        Sent again = one.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x04, 0, 0, 0, 0, 0);
        assertFalse(again.isAnswered());
        assertEquals(1, slow.held().size());
        finish();

        assertEquals(ScsiStatus.GOOD, again.answer().status());
        assertFormatted((byte) 0);
        assertEquals(ScsiStatus.GOOD, read(two).status());
    }

    @Test
    void aLossOfPowerLeavesTheMediumFormatCorrupt() {
        slow.letThrough(false);
        beginFormat(one);

        Bench again = bench.afterPowerLoss(store);

        Initiator initiator = again.newInitiator("three");
        initiator.ready(SenseCode.MEDIUM_FORMAT_CORRUPTED);
        assertEquals("format has failed", again.engine().units().get(0).operation());
        assertEquals(ScsiStatus.GOOD, initiator.command(0x04, 0, 0, 0, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, read(initiator).status());
        again.afterPowerLoss(store).initiator();
    }

    @Test
    void whatCannotBeWrittenLeavesTheMediumFormatCorruptUntilItIsSanitized() {
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, 0);
        beginFormat(one);
        assertRefused(SenseCode.MEDIUM_FORMAT_CORRUPTED, read(two));
        assertEquals(
                ScsiStatus.GOOD, two.command(0x48, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertRefused(SenseCode.MEDIUM_FORMAT_CORRUPTED, read(two));

        assertEquals(
                ScsiStatus.GOOD, two.command(0x48, 2, 0, 0, 0, 0, 0, 0, 0, 0).status());

        assertEquals(ScsiStatus.GOOD, read(two).status());
    }

    @Test
    void aFailedSanitizationIsNotEndedByAFormat() {
        one.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        faulty.failNext(Operation.WRITE, Fault.WRITE_ERROR, 0);
        one.command(0x48, 2, 0, 0, 0, 0, 0, 0, 0, 0);

        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, two.command(0x04, 0, 0, 0, 0, 0));
    }
}
