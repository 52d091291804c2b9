package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** General statistics (SPC-4 7.3.6) and LOG SELECT, which resets them (SPC-4 6.7). */
class LogSelectTest {
    private static final int PCR = 2;
    private static final int SP = 1;
    private static final int READS = 8;
    private static final int WRITES = 16;
    private static final int RECEIVED = 24;
    private static final int TRANSMITTED = 32;
    private static final int READ_TIME = 40;
    private static final int WRITE_TIME = 48;
    private static final int WEIGHTED = 56;
    private static final int IDLE = 76;

    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator();

    private ByteBuffer statistics(int control) {
        return initiator
                .read(255, 0x4D, 0, control << 6 | 0x19, 0, 0, 0, 0, 0, 255, 0)
                .buffer();
    }

    private ByteBuffer statistics() {
        return statistics(1);
    }

    private Answer select(int flags, int control, int page, int subpage) {
        return initiator.command(0x4C, flags, control << 6 | page, subpage, 0, 0, 0, 0, 0, 0);
    }

    private Answer send(String hex, int flags, int page) {
        byte[] list = HexFormat.of().parseHex(hex);
        return initiator.write(list, 0x4C, flags, 0x40 | page, 0, 0, 0, 0, 0, list.length, 0);
    }

    private void readAndWrite() {
        initiator.read(3 * 512, 0x28, 0, 0, 0, 0, 0, 0, 0, 3, 0);
        initiator.write(new byte[1024], 0x2A, 0, 0, 0, 0, 0, 0, 0, 2, 0);
    }

    @Test
    void readsAndWritesAreCountedWithTheirBlocksAndTime() {
        readAndWrite();
        initiator.write(new byte[512], 0x2E, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        byte[] unmap = new byte[24];
        ByteBuffer.wrap(unmap).putShort((short) 22).putShort((short) 16).putInt(16, 8);
        assertEquals(
                ScsiStatus.GOOD,
                initiator.write(unmap, 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0).status());
        initiator.read(512, 0x08, 0, 0, 0, 1, 0);
        ByteBuffer page = statistics();
        assertEquals(1, page.getLong(READS), "READ (6) is none of them");
        assertEquals(3, page.getLong(WRITES));
        assertEquals(3, page.getLong(RECEIVED));
        assertEquals(3, page.getLong(TRANSMITTED));
        assertTrue(page.getLong(READ_TIME) >= 0 && page.getLong(WRITE_TIME) >= 0);
        assertEquals(0, page.getLong(WEIGHTED), "there is no command priority");
        assertTrue(page.getLong(IDLE) > 0);
    }

    @Test
    void thePageHasItsThreeParametersAndAnIntervalOfAMicrosecond() {
        String page = HexFormat.of().formatHex(statistics(3).array());
        assertEquals(
                "9900005c" + "00012240" + "00".repeat(64) + "00022208" + "00".repeat(8) + "00032308" + "00000006"
                        + "00000001",
                page);
    }

    @Test
    void countersHaveNoThresholds() {
        assertEquals(
                "CDB 2.7",
                initiator.read(255, 0x4D, 0, 0x19, 0, 0, 0, 0, 0, 255, 0).pointer());
        assertEquals(
                "CDB 2.7",
                initiator.read(255, 0x4D, 0, 0x99, 0, 0, 0, 0, 0, 255, 0).pointer());
    }

    @Test
    void statisticsAreResetByPcrOrByDefaultCumulativeValues() {
        int[][] resets = {
            {PCR, 0, 0, 0}, {PCR, 1, 0x19, 0}, {PCR, 1, 0x19, 0xFF}, {0, 3, 0x19, 0}, {0, 3, 0, 0}, {PCR, 2, 0, 0}
        };
        for (int[] reset : resets) {
            readAndWrite();
            assertEquals(1, statistics().getLong(READS));
            assertEquals(
                    ScsiStatus.GOOD,
                    select(reset[0], reset[1], reset[2], reset[3]).status());
            assertEquals(0, statistics().getLong(READS));
            assertEquals(0, statistics().getLong(RECEIVED));
        }
    }

    @Test
    void otherCombinationsChangeNothing() {
        readAndWrite();
        int[][] others = {{0, 0, 0, 0}, {0, 1, 0x19, 0}, {0, 2, 0x19, 0}, {PCR, 1, 0x2F, 0}, {PCR, 1, 0, 0xFF}};
        for (int[] other : others) {
            assertEquals(
                    ScsiStatus.GOOD,
                    select(other[0], other[1], other[2], other[3]).status());
        }
        assertEquals(1, statistics().getLong(READS));
    }

    @Test
    void nothingIsSaved() {
        for (int flags : new int[] {SP, PCR | SP}) {
            for (int control : new int[] {0, 1, 3}) {
                Answer answer = select(flags, control, 0x19, 0);
                assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
                assertEquals("CDB 1.0", answer.pointer());
            }
        }
    }

    @Test
    void pagesThatAreNotThereAreRefused() {
        assertEquals("CDB 2.5", select(PCR, 1, 0x18, 0).pointer());
        assertEquals("CDB 2.5", select(PCR, 1, 0x18, 0xFF).pointer());
        assertEquals("CDB 3.7", select(PCR, 1, 0x19, 0x20).pointer());
    }

    @Test
    void aListNamesItsPagesItselfAndIsNotForAReset() {
        assertEquals("CDB 1.1", send("19000000", PCR, 0).pointer());
        assertEquals("CDB 2.5", send("19000000", 0, 0x19).pointer());
    }

    @Test
    void aListMayHavePagesButNoParameters() {
        assertEquals(ScsiStatus.GOOD, send("19000000" + "2f000000", 0, 0).status());
        Answer parameter = send("19000000" + "1900000c" + "00022208" + "00".repeat(8), 0, 0);
        assertEquals(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, parameter.code());
        assertEquals("list 6.7", parameter.pointer());
        assertEquals("list 0.5", send("18000000", 0, 0).pointer());
        assertEquals("list 1.7", send("59010000", 0, 0).pointer());
        assertEquals("list 0.6", send("59000000", 0, 0).pointer());
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, send("190000", 0, 0).code());
    }

    @Test
    void aResetIsToldToTheOthers() {
        Initiator other = bench.initiator("other");
        select(PCR, 1, 0x19, 0);
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
        assertEquals(SenseCode.LOG_PARAMETERS_CHANGED, other.command(0x00).code());
        assertEquals(ScsiStatus.GOOD, other.command(0x00).status());
    }
}
