package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** LOG SENSE (SPC-4 6.8, 7.3). */
class LogSenseTest {
    private static final int CUMULATIVE = 0x40;

    private final Initiator initiator = Bench.of(Bench.backend()).initiator().ready();

    private Answer sense(int control, int page, int subpage) {
        return initiator.read(255, 0x4D, 0, control | page, subpage, 0, 0, 0, 0, 255, 0);
    }

    private String page(int page, int subpage) {
        return HexFormat.of().formatHex(sense(CUMULATIVE, page, subpage).data());
    }

    @Test
    void thePagesThatThereAreAreListed() {
        assertEquals("80000005" + "000c10192f", page(0x00, 0x00));
        assertEquals("c0ff000c" + "0000" + "00ff" + "0c00" + "1000" + "1900" + "2f00", page(0x00, 0xFF));
    }

    @Test
    void noExceptionIsPendingAndNoTemperatureKnown() {
        assertEquals("af000008" + "0000" + "23" + "04" + "0000" + "ff" + "00", page(0x2F, 0x00));
    }

    @Test
    void whatIsNotThereIsRefusedAtItsField() {
        assertEquals("CDB 2.5", sense(CUMULATIVE, 0x18, 0).pointer());
        assertEquals("CDB 3.7", sense(CUMULATIVE, 0x2F, 1).pointer());
        assertEquals("CDB 3.7", sense(CUMULATIVE, 0x2F, 0xFF).pointer());
    }

    @Test
    void ofListsThePageControlIsIgnored() {
        for (int control : new int[] {0x00, 0x80, 0xC0}) {
            assertArrayEquals(
                    sense(CUMULATIVE, 0x2F, 0).data(), sense(control, 0x2F, 0).data());
        }
    }

    @Test
    void aThinDiskTellsWhatIsAvailableAndUsedInThresholdSets() {
        ArrayBackend store = new ArrayBackend(16 << 20, 512);
        store.contents(0, new byte[3 << 20]);
        store.contents(4 << 20, new byte[4096]);
        Initiator thin = Bench.of(store).initiator();
        assertEquals(
                "8c000018" + "00012308" + "0000000c" + "02000000" + "00022308" + "00000004" + "01000000",
                HexFormat.of()
                        .formatHex(thin.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 0, 0, 255, 0)
                                .data()));
    }

    @Test
    void thePointerSaysWithWhichParameterToBegin() {
        String used = HexFormat.of()
                .formatHex(initiator
                        .read(255, 0x4D, 0, 0x4C, 0, 0, 0, 2, 0, 255, 0)
                        .data());
        assertTrue(used.startsWith("8c00000c" + "0002"), used);
        assertEquals(
                page(0x0C, 0),
                HexFormat.of()
                        .formatHex(initiator
                                .read(255, 0x4D, 0, 0x4C, 0, 0, 0, 1, 0, 255, 0)
                                .data()));
        assertEquals(
                "CDB 5.7",
                initiator.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 3, 0, 255, 0).pointer());
        assertEquals(
                "CDB 5.7",
                initiator.read(255, 0x4D, 0, 0x40, 0, 0, 0, 1, 0, 255, 0).pointer());
    }

    @Test
    void whereTheSpaceIsNotToldThereIsNoPageOfIt() {
        for (Capability missing : List.of(Capability.SPACE, Capability.UNMAP)) {
            Initiator other = Bench.of(new ArrayBackend(1 << 20, 512, EnumSet.complementOf(EnumSet.of(missing))))
                    .initiator();
            assertEquals(
                    "CDB 2.5",
                    other.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 0, 0, 255, 0).pointer());
            assertEquals(
                    "80000004" + "0010192f",
                    HexFormat.of()
                            .formatHex(other.read(255, 0x4D, 0, 0x40, 0, 0, 0, 0, 0, 255, 0)
                                    .data()));
        }
    }

    @Test
    void aStoreThatCannotTellFailsTheCommandAndItGoesOnLater() {
        FaultyBackend faulty = new FaultyBackend(Bench.backend());
        Initiator host = Bench.of(faulty).initiator();
        faulty.failNext(Operation.SPACE, Fault.READ_ERROR, -1);
        assertEquals(
                SenseCode.UNRECOVERED_READ_ERROR,
                host.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 0, 0, 255, 0).code());
        assertEquals(
                ScsiStatus.GOOD,
                host.read(255, 0x4D, 0, 0x4C, 0, 0, 0, 0, 0, 255, 0).status());
    }

    @Test
    void nothingIsSavedAndNoParameterIsBegunWith() {
        assertEquals(
                "CDB 1.0",
                initiator.read(255, 0x4D, 1, 0x6F, 0, 0, 0, 0, 0, 255, 0).pointer());
        assertEquals(
                "CDB 5.7",
                initiator.read(255, 0x4D, 0, 0x6F, 0, 0, 0, 1, 0, 255, 0).pointer());
    }
}
