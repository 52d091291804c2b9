package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** What a unit does while it is sanitized, and after that has failed (SBC-4 4.11). */
class SanitizeOperationTest {
    private static final int BYTES = Bench.BLOCK_BYTES * Bench.BLOCK_COUNT;
    private static final int[] TEST_UNIT_READY = {0, 0, 0, 0, 0, 0};
    private static final int[] ERASE = {0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] ERASE_UNRESTRICTED = {0x48, 0x22, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] EXIT = {0x48, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final int IMMED = 0x80;

    private final ArrayBackend store = Bench.backend();
    private final SlowBackend slow = new SlowBackend(store);
    private final FaultyBackend faulty = new FaultyBackend(slow);
    private final Bench bench = open(faulty);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    private Bench open(BlockBackend backend) {
        slow.letThrough(true);
        store.contents(0, new byte[] {1, 2, 3});
        return Bench.of(backend);
    }

    private static Sent begin(Initiator initiator, int... cdb) {
        return initiator.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), cdb);
    }

    /** Two passes of FFh, with IMMED or without. */
    private static Sent beginOverwrite(Initiator initiator, int immediate) {
        return beginOverwrite(initiator, immediate, 2);
    }

    private static Sent beginOverwrite(Initiator initiator, int immediate, int count) {
        return initiator.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(new byte[] {(byte) count, 0, 0, 1, -1}, 0, false),
                0x48,
                immediate | 1,
                0,
                0,
                0,
                0,
                0,
                0,
                5,
                0);
    }

    private static byte[] requestSense(Initiator initiator, int descriptor) {
        return initiator.read(252, 0x03, descriptor, 0, 0, 252, 0).data();
    }

    private static void assertRefused(SenseCode code, Answer answer) {
        assertEquals(ScsiStatus.CHECK_CONDITION, answer.status());
        assertEquals(code, answer.code());
    }

    private void finish() {
        slow.letThrough(true);
        while (!slow.held().isEmpty()) {
            slow.release();
        }
    }

    @Test
    void itIsAnsweredWhenAllIsDone() {
        slow.letThrough(false);
        Sent sanitize = beginOverwrite(one, 0);
        assertFalse(sanitize.isAnswered());
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.command(TEST_UNIT_READY));

        finish();

        assertEquals(ScsiStatus.GOOD, sanitize.answer().status());
        assertEquals(ScsiStatus.GOOD, two.command(TEST_UNIT_READY).status());
        assertEquals(-1, store.contents(BYTES - 1, 1)[0]);
    }

    @Test
    void withImmedItIsAnsweredWhenItHasBegunForSure() {
        slow.letThrough(false);
        bench.reservationWork().hold();
        Sent sanitize = beginOverwrite(one, IMMED);
        assertFalse(sanitize.isAnswered());

        bench.reservationWork().release();

        assertEquals(ScsiStatus.GOOD, sanitize.answer().status());
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, one.command(TEST_UNIT_READY));
        finish();
        assertEquals(ScsiStatus.GOOD, one.command(TEST_UNIT_READY).status());
    }

    @Test
    void nothingIsChangedWhenItCannotBeKeptThatItIsUnderWay() {
        bench.saved().fail(true);

        assertRefused(SenseCode.INTERNAL_TARGET_FAILURE, one.command(ERASE));

        assertEquals(1, store.contents(0, 1)[0]);
        assertEquals(ScsiStatus.GOOD, one.command(TEST_UNIT_READY).status());
    }

    @Test
    void requestSenseTellsHowFarItHasComeInBothFormats() {
        slow.letThrough(false);
        beginOverwrite(one, IMMED);
        slow.release();
        for (int i = 0; i < 5; i++) {
            slow.release();
        }
        byte[] fixed = requestSense(two, 0);
        assertArrayEquals(
                new byte[] {0x70, 0, 2, 0, 0, 0, 0, 10, 0, 0, 0, 0, 4, 0x1B, 0, (byte) 0x80, (byte) 0x80, 0}, fixed);
        byte[] descriptor = requestSense(two, 1);
        assertArrayEquals(
                new byte[] {0x72, 2, 4, 0x1B, 0, 0, 0, 8, 2, 6, 0, 0, (byte) 0x80, (byte) 0x80, 0, 0}, descriptor);
        assertEquals(
                "sanitize by overwriting, 50 %", bench.engine().units().get(0).operation());
        finish();
        assertEquals("", bench.engine().units().get(0).operation());
    }

    @Test
    void theCommandsThatTheStandardNamesAreDoneMeanwhile() {
        slow.letThrough(false);
        beginOverwrite(one, IMMED);

        assertEquals(ScsiStatus.GOOD, two.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(
                ScsiStatus.GOOD,
                two.read(64, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0).status());
        assertEquals(
                ScsiStatus.GOOD, two.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).status());
        assertEquals(
                ScsiStatus.GOOD,
                two.read(64, 0xA3, 0x0C, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0).status());
        assertEquals(ScsiStatus.GOOD, two.read(64, 0x1A, 0, 0x08, 0, 64, 0).status());

        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.read(64, 0x1A, 0, 0x3F, 0, 64, 0));
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.command(0x1B, 0, 0, 0, 1, 0));
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.command(0x1B, 0, 0, 0, 0x11, 0));
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.command(ERASE));
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, two.command(EXIT));
        finish();
    }

    @Test
    void commandsOfAllNexusesAreEndedBeforeAnythingIsWritten() {
        slow.letThrough(false);
        Sent atWork = two.beginRead(TaskAttribute.SIMPLE);
        Sent ordered = two.beginRead(TaskAttribute.ORDERED);
        Sent dormant = two.beginRead(TaskAttribute.SIMPLE);
        Sent sanitize = begin(one, ERASE);

        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, ordered.answer());
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, dormant.answer());
        assertFalse(atWork.isAnswered());
        assertEquals(List.of(Operation.READ), slow.held());

        slow.release();
        assertRefused(SenseCode.SANITIZE_IN_PROGRESS, atWork.answer());
        finish();
        assertEquals(ScsiStatus.GOOD, sanitize.answer().status());
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void noTaskManagementFunctionStopsIt() {
        slow.letThrough(false);
        Sent sanitize = begin(one, ERASE);
        for (Function function : new Function[] {
            Function.ABORT_TASK, Function.ABORT_TASK_SET, Function.CLEAR_TASK_SET, Function.LOGICAL_UNIT_RESET
        }) {
            assertTrue(one.manage(function, sanitize.tag()).response().isPresent(), function.toString());
        }
        assertFalse(sanitize.isAnswered());
        assertTrue(sanitize.transfer().isCancelled());
        two.ready(SenseCode.SANITIZE_IN_PROGRESS);

        finish();

        two.ready();
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void anAbortOfTheCommandIsAnsweredAtOnce() {
        slow.letThrough(false);
        Sent sanitize = begin(one, ERASE);

        assertEquals(
                Optional.of(Response.FUNCTION_COMPLETE),
                one.manage(Function.ABORT_TASK, sanitize.tag()).response());
        finish();
    }

    @Test
    void itGoesOnAfterALossOfPower() {
        slow.letThrough(false);
        beginOverwrite(one, IMMED);
        slow.release();
        slow.release();

        Bench again = bench.afterPowerLoss(store);
        again.operationWork().advance(1_000);

        again.initiator();
        byte[] all = new byte[BYTES];
        Arrays.fill(all, (byte) -1);
        assertArrayEquals(all, store.contents(0, BYTES));
        assertEquals("", again.engine().units().get(0).operation());
    }

    @Test
    void afterALossOfPowerItWaitsForItsStore() {
        slow.letThrough(false);
        begin(one, ERASE);
        Bench again = bench.afterPowerLoss(slow);
        Initiator initiator = again.newInitiator("three");
        initiator.ready(SenseCode.SANITIZE_IN_PROGRESS);
        again.operationWork().advance(1_000);
        initiator.ready(SenseCode.SANITIZE_IN_PROGRESS);

        finish();

        initiator.ready();
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        faulty.failNext(Operation.EXTENTS, Fault.OFFLINE, -1);
        faulty.failNext(Operation.EXTENTS, Fault.BUSY, -1);
        Sent sanitize = begin(one, ERASE);
        ManualTimer timer = bench.operationWork();
        assertFalse(sanitize.isAnswered());
        timer.advance(1_000);
        assertFalse(sanitize.isAnswered());
        timer.advance(1_000);
        assertEquals(ScsiStatus.GOOD, sanitize.answer().status());
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void onAnotherStoreAllIsDoneAnew() {
        slow.letThrough(false);
        Sent sanitize = beginOverwrite(one, 0, 1);
        slow.release();
        slow.release();
        faulty.failNext(Operation.WRITE, Fault.BUSY, -1);
        slow.release();
        slow.letThrough(true);
        bench.detach(faulty);
        ArrayBackend other = Bench.backend();
        other.contents(0, new byte[] {1, 2, 3});
        bench.attach(other);
        assertFalse(sanitize.isAnswered());

        bench.operationWork().advance(1_000);

        assertEquals(ScsiStatus.GOOD, sanitize.answer().status());
        byte[] all = new byte[BYTES];
        Arrays.fill(all, (byte) -1);
        assertArrayEquals(all, other.contents(0, BYTES));
    }

    private void fail(int... cdb) {
        faulty.failNext(Operation.WRITE, Fault.WRITE_ERROR, 0);
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, one.command(cdb));
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, two.command(TEST_UNIT_READY));
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, two.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        assertEquals(ScsiStatus.GOOD, two.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(0x31, requestSense(two, 0)[12]);
    }

    @Test
    void aRestrictedFailureEndsByAnotherSanitizationOnly() {
        fail(ERASE);

        Answer exit = two.command(EXIT);
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, exit);
        assertEquals("CDB 1.4", exit.pointer());
        Answer unrestricted = two.command(ERASE_UNRESTRICTED);
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, unrestricted);
        assertEquals("CDB 1.5", unrestricted.pointer());

        assertEquals(ScsiStatus.GOOD, two.command(ERASE).status());
        assertEquals(ScsiStatus.GOOD, one.command(TEST_UNIT_READY).status());
        assertArrayEquals(new byte[BYTES], store.contents(0, BYTES));
    }

    @Test
    void anUnrestrictedFailureMayBeGivenUp() {
        fail(ERASE_UNRESTRICTED);

        assertEquals(ScsiStatus.GOOD, two.command(EXIT).status());

        assertEquals(ScsiStatus.GOOD, one.command(TEST_UNIT_READY).status());
        bench.afterPowerLoss(store).initiator();
    }

    @Test
    void aFailureOutlastsALossOfPower() {
        fail(ERASE);

        Initiator after = bench.afterPowerLoss(store).newInitiator("three");

        after.ready(SenseCode.SANITIZE_COMMAND_FAILED);
        assertEquals(
                "sanitize by block erase has failed",
                bench.engine().units().get(0).operation());
    }

    @Test
    void whatCannotBeKeptAsDoneCountsAsFailed() {
        slow.letThrough(false);
        Sent sanitize = begin(one, ERASE);
        bench.saved().fail(true);
        finish();
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, sanitize.answer());
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, two.command(TEST_UNIT_READY));
    }

    @Test
    void whoSetsWriteProtectionWhileOthersAreEndedIsObeyed() {
        slow.letThrough(false);
        bench.reservationWork().hold();
        two.beginRead(TaskAttribute.SIMPLE);
        Sent sanitize = begin(one, ERASE);
        Consumer<Boolean> protect = readOnly -> bench.unit()
                .change(new UnitSettings(
                        "disk",
                        "disk",
                        bench.unit().settings().identity(),
                        Bench.BLOCK_BYTES,
                        readOnly,
                        true,
                        false,
                        bench.unit().settings().policy()));
        protect.accept(true);
        bench.reservationWork().release();
        slow.release();
        assertRefused(SenseCode.WRITE_PROTECTED, sanitize.answer());
        assertEquals(1, store.contents(0, 1)[0]);
        one.ready();
    }

    @Test
    void damageOfWhatIsSavedLocksTheUnitUntilItIsSanitized() {
        slow.letThrough(false);
        beginOverwrite(one, IMMED);
        bench.saved().damage(bench.unit().identity().naa());
        Bench again = bench.afterPowerLoss(store);
        Initiator three = again.newInitiator("three");
        int[] read = {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0};

        three.ready(SenseCode.SANITIZE_COMMAND_FAILED);
        assertRefused(SenseCode.SANITIZE_COMMAND_FAILED, three.read(Bench.BLOCK_BYTES, read));
        assertRefused(SenseCode.INVALID_FIELD_IN_CDB, three.command(EXIT));
        assertEquals("LOST", again.unit().status().slot());
        assertTrue(again.unit().status().detail().contains("cannot be read"));

        assertEquals(ScsiStatus.GOOD, three.command(ERASE).status());

        assertEquals(ScsiStatus.GOOD, three.read(Bench.BLOCK_BYTES, read).status());
        assertEquals("", again.unit().status().detail());
        Initiator four = again.afterPowerLoss(store).initiator("four");
        assertEquals(ScsiStatus.GOOD, four.read(Bench.BLOCK_BYTES, read).status());
    }

    @Test
    void damageIsNotForgottenWhenSomethingElseIsSaved() {
        ModeCommand.TAS.save(one, true);
        bench.saved().damage(bench.unit().identity().naa());
        Bench again = bench.afterPowerLoss(store);
        again.unit().saved().change(values -> values.with("colour", "red"), () -> {});
        assertEquals("LOST", again.unit().status().slot());
        Bench later = again.afterPowerLoss(store);
        assertEquals("LOST", later.unit().status().slot());
        later.newInitiator("three").ready(SenseCode.SANITIZE_COMMAND_FAILED);
    }
}
