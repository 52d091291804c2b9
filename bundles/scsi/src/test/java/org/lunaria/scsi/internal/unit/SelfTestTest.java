package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.Completions;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.slot.ManualTimer;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** SEND DIAGNOSTIC's self-tests, and what is told of them (SPC-4 5.15, 6.42, 7.3.16). */
class SelfTestTest {
    private static final int DEFAULT = 0x04;
    private static final int BACKGROUND_SHORT = 0x20;
    private static final int ABORT_BACKGROUND = 0x80;
    private static final int FOREGROUND_SHORT = 0xA0;
    private static final int FOREGROUND_EXTENDED = 0xC0;

    private static final String PASSED = "00";
    private static final String NO_LBA = "ffffffffffffffff";

    private final ArrayBackend array = Bench.backend();
    private final SlowBackend slow = new SlowBackend(array);
    private final Bench bench = Bench.of(slow, Bench.settings("disk"), new ManualTimer());
    private final Initiator initiator = bench.initiator();
    private final Initiator other = bench.initiator("other");

    /** Fails reads of a block. */
    private record BadBlock(ArrayBackend inner, long lba) implements BlockBackend {
        @Override
        public Profile profile() {
            return inner.profile();
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            long bad = lba * 512;
            return offset <= bad && bad < offset + target.remaining()
                    ? Completions.failed(new Failure(Fault.READ_ERROR, bad, "a bad block"))
                    : inner.read(offset, target);
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            return inner.write(offset, source, flags);
        }

        @Override
        public CompletionStage<Void> flush() {
            return inner.flush();
        }

        @Override
        public void close() {}
    }

    SelfTestTest() {
        release();
    }

    private void hold() {
        slow.letThrough(false);
    }

    private void release() {
        slow.letThrough(true);
        slow.releaseAll();
    }

    private static Answer test(Initiator by, int code) {
        return by.command(0x1D, code, 0, 0, 0, 0);
    }

    private static Sent begin(Initiator by, int code) {
        return by.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x1D, code, 0, 0, 0, 0);
    }

    private static byte[] log(Initiator by) {
        return by.read(1000, 0x4D, 0, 0x50, 0, 0, 0, 0, 3, 0xE8, 0).data();
    }

    /** Code and result, segment, LBA, and cause of the test that was the n-th last. */
    private static String result(Initiator by, int last) {
        byte[] page = log(by);
        int at = 4 + 20 * (last - 1);
        HexFormat hex = HexFormat.of();
        return hex.formatHex(page, at + 4, at + 6) + " " + hex.formatHex(page, at + 8, at + 16) + " "
                + hex.formatHex(page, at + 16, at + 19);
    }

    private static String sense(Initiator by) {
        byte[] sense = by.read(252, 0x03, 0, 0, 0, 252, 0).data();
        return HexFormat.of().formatHex(sense, 12, 14) + (sense[15] == (byte) 0x80 ? " of 65536" : "");
    }

    private Bench broken(long lba) {
        return Bench.of(new BadBlock(array, lba));
    }

    @Test
    void aHealthyUnitPasses() {
        for (int code : new int[] {DEFAULT, FOREGROUND_SHORT, FOREGROUND_EXTENDED, BACKGROUND_SHORT}) {
            assertEquals(ScsiStatus.GOOD, test(initiator, code).status());
        }
        assertEquals("20" + PASSED + " " + NO_LBA + " 000000", result(initiator, 1));
        assertEquals("c0" + PASSED + " " + NO_LBA + " 000000", result(initiator, 2));
        assertEquals("a0" + PASSED + " " + NO_LBA + " 000000", result(initiator, 3));
        assertEquals("0000 0000000000000000 000000", result(initiator, 4));
    }

    @Test
    void theLogHasTwentyParameters() {
        byte[] page = log(initiator);
        assertEquals("90000190" + "00010310", HexFormat.of().formatHex(page, 0, 8));
        assertEquals(404, page.length);
        assertEquals("00140310", HexFormat.of().formatHex(page, 384, 388));
        for (int i = 0; i < 25; i++) {
            test(initiator, FOREGROUND_SHORT);
        }
        assertEquals("a0" + PASSED + " " + NO_LBA + " 000000", result(initiator, 20));
    }

    @Test
    void aLogBeginsWithTheParameterThatIsAskedFor() {
        byte[] rest =
                initiator.read(1000, 0x4D, 0, 0x50, 0, 0, 0, 19, 3, 0xE8, 0).data();
        assertEquals("90000028" + "00130310", HexFormat.of().formatHex(rest, 0, 8));
        assertEquals(
                "CDB 5.7",
                initiator.read(1000, 0x4D, 0, 0x50, 0, 0, 0, 21, 3, 0xE8, 0).pointer());
    }

    @Test
    void aBlockThatCannotBeReadFailsTheTestWithItsAddress() {
        Initiator first = broken(0).initiator();
        assertEquals(
                SenseCode.LOGICAL_UNIT_FAILED_SELF_TEST, test(first, DEFAULT).code());
        assertEquals("0000 0000000000000000 000000", result(first, 1));
        Initiator by = broken(1000).initiator();
        assertEquals(
                SenseCode.LOGICAL_UNIT_FAILED_SELF_TEST,
                test(by, FOREGROUND_SHORT).code());
        assertEquals("a703" + " 00000000000003e8" + " 031100", result(by, 1));
        assertEquals("0000 0000000000000000 000000", result(by, 2));
    }

    @Test
    void savedValuesThatCannotBeReadFailTheTest() {
        bench.saved().fail(true);
        assertEquals(
                SenseCode.LOGICAL_UNIT_FAILED_SELF_TEST,
                test(initiator, DEFAULT).code());
        assertEquals(
                SenseCode.LOGICAL_UNIT_UNABLE_TO_UPDATE_SELF_TEST_LOG,
                test(initiator, FOREGROUND_SHORT).code());
        bench.saved().fail(false);
        assertEquals("a501 " + NO_LBA + " 044400", result(initiator, 1));
    }

    @Test
    void resultsOutliveALossOfPower() {
        test(initiator, FOREGROUND_SHORT);
        Initiator after = bench.afterPowerLoss(array).initiator();
        assertEquals("a0" + PASSED + " " + NO_LBA + " 000000", result(after, 1));
    }

    @Test
    void whileATestIsInTheForegroundAllElseIsRefused() {
        hold();
        Sent under = begin(initiator, FOREGROUND_SHORT);
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS,
                other.command(0x00).code());
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS,
                test(other, ABORT_BACKGROUND).code());
        assertEquals("0409 of 65536", sense(other));
        assertEquals(ScsiStatus.GOOD, other.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertFalse(under.isAnswered());
        release();
        assertEquals(ScsiStatus.GOOD, under.answer().status());
        assertEquals(ScsiStatus.GOOD, other.command(0x00).status());
        assertEquals("0000", sense(other));
    }

    @Test
    void aTestInTheForegroundEndsWithItsTask() {
        hold();
        Sent under = begin(initiator, FOREGROUND_SHORT);
        initiator.manage(Function.ABORT_TASK, under.tag());
        release();
        assertTrue(under.transfer().isCancelled());
        assertEquals("a200 " + NO_LBA + " 000000", result(initiator, 1));
    }

    @Test
    void aTestInTheBackgroundLetsTheUnitBeUsed() {
        hold();
        assertEquals(ScsiStatus.GOOD, test(initiator, BACKGROUND_SHORT).status());
        assertEquals("2f00 " + NO_LBA + " 000000", result(other, 1));
        assertEquals(ScsiStatus.GOOD, other.command(0x00).status());
        assertEquals("0409 of 65536", sense(other));
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS,
                test(other, DEFAULT).code());
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS,
                test(other, BACKGROUND_SHORT).code());
        initiator.leave();
        release();
        assertEquals("20" + PASSED + " " + NO_LBA + " 000000", result(other, 1));
    }

    @Test
    void aTestInTheBackgroundCanBeAborted() {
        assertEquals("CDB 1.7", test(initiator, ABORT_BACKGROUND).pointer());
        hold();
        test(initiator, BACKGROUND_SHORT);
        assertEquals(ScsiStatus.GOOD, test(other, ABORT_BACKGROUND).status());
        release();
        assertEquals("2100 " + NO_LBA + " 000000", result(other, 1));
    }

    @Test
    void startStopUnitAndAResetEndATestInTheBackground() {
        hold();
        test(initiator, BACKGROUND_SHORT);
        other.command(0x1B, 0, 0, 0, 1, 0);
        release();
        assertEquals("2200 " + NO_LBA + " 000000", result(other, 1));
        hold();
        test(initiator, BACKGROUND_SHORT);
        other.manage(Function.LOGICAL_UNIT_RESET, 0);
        release();
        other.ready();
        assertEquals("2200 " + NO_LBA + " 000000", result(other, 1));
    }

    @Test
    void aUnitThatGoesLeavesNoResultBehind() {
        hold();
        test(initiator, BACKGROUND_SHORT);
        bench.engine().remove(bench.unit());
        slow.letThrough(true);
        bench.unit().selfTests().close();
        slow.releaseAll();
        assertFalse(bench.saved().keeps(bench.unit().identity().naa()));
    }

    @Test
    void whatAsksForNoTestThatThereIsIsRefusedAtItsField() {
        for (int code : new int[] {0x60, 0xE0, BACKGROUND_SHORT | DEFAULT}) {
            assertEquals("CDB 1.7", test(initiator, code).pointer());
        }
        for (int code : new int[] {DEFAULT, BACKGROUND_SHORT, FOREGROUND_SHORT}) {
            assertEquals(
                    "CDB 3.7",
                    initiator.write(new byte[4], 0x1D, code, 0, 0, 4, 0).pointer());
        }
    }

    @Test
    void theOneDiagnosticPageListsItself() {
        assertEquals(
                ScsiStatus.GOOD,
                initiator.write(new byte[4], 0x1D, 0x10, 0, 0, 4, 0).status());
        for (int pcv : new int[] {0, 1}) {
            byte[] page = initiator.read(100, 0x1C, pcv, 0, 0, 100, 0).data();
            assertEquals("0000000100", HexFormat.of().formatHex(page));
        }
        assertEquals("CDB 2.7", initiator.read(100, 0x1C, 1, 0x40, 0, 100, 0).pointer());
    }

    @Test
    void anotherPageOrFormatIsRefused() {
        for (int at = 0; at < 4; at++) {
            byte[] page = new byte[4];
            page[at] = 1;
            assertEquals(
                    "list " + at + ".7",
                    initiator.write(page, 0x1D, 0x10, 0, 0, 4, 0).pointer());
        }
        assertEquals(
                "CDB 1.4", initiator.write(new byte[4], 0x1D, 0, 0, 0, 4, 0).pointer());
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                initiator
                        .write(Arrays.copyOf(new byte[4], 3), 0x1D, 0x10, 0, 0, 3, 0)
                        .code());
    }

    @Test
    void whatStandsInOtherPagesIsTheSame() {
        assertEquals(
                60,
                bench.initiator("third")
                        .read(255, 0x1A, 0, 0x0A, 0, 255, 0)
                        .buffer()
                        .getShort(4 + 8 + 10));
        assertEquals(1, initiator.read(255, 0x12, 1, 0x86, 0, 255, 0).buffer().getShort(10));
    }
}
