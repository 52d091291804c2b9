package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** Commands that only send parameter data: MODE SENSE, READ CAPACITY, REQUEST SENSE. */
class ParameterDataTest {
    private static final String CACHING = "8812" + "04" + "00".repeat(17);
    private static final String CONTROL = "8a0a" + "00" + "10" + "00000000" + "ffff" + "003c";
    private static final String ERROR_RECOVERY = "810a" + "0080" + "00".repeat(8);
    private static final String DISCONNECT = "020e" + "00".repeat(14);
    private static final String EXCEPTIONS = "1c0a" + "08" + "00".repeat(9);

    private final Initiator initiator = Bench.of(Bench.backend()).initiator();

    private static String hex(Answer answer) {
        assertEquals(ScsiStatus.GOOD, answer.status());
        return HexFormat.of().formatHex(answer.data());
    }

    @Test
    void modeSenseSixSendsHeaderBlockDescriptorAndPages() {
        assertEquals(
                "53001008" + "0000080000000200" + ERROR_RECOVERY + DISCONNECT + CACHING + CONTROL + EXCEPTIONS,
                hex(initiator.read(255, 0x1A, 0, 0x3F, 0, 255, 0)));
        assertEquals("17001000" + CACHING, hex(initiator.read(255, 0x1A, 8, 0x08, 0, 255, 0)));
    }

    @Test
    void modeSenseTenHasALongHeaderAndMayHaveALongDescriptor() {
        assertEquals(
                "0012" + "0010" + "0000" + "0000" + CONTROL,
                hex(initiator.read(255, 0x5A, 8, 0x0A, 0, 0, 0, 0, 255, 0)));
        assertEquals(
                "0022" + "0010" + "0100" + "0010" + "0000000000000800" + "00000000" + "00000200" + CONTROL,
                hex(initiator.read(255, 0x5A, 0x10, 0x0A, 0, 0, 0, 0, 255, 0)));
    }

    @Test
    void theDefaultsAreInForce() {
        assertEquals("17001000" + "881204" + "00".repeat(17), hex(initiator.read(255, 0x1A, 8, 0x48, 0, 255, 0)));
        assertEquals("17001000" + CACHING, hex(initiator.read(255, 0x1A, 8, 0x88, 0, 255, 0)));
    }

    @Test
    void unknownPagesAndSubpagesAreRefusedAtTheirFields() {
        assertEquals("CDB 2.5", initiator.read(255, 0x1A, 0, 0x07, 0, 255, 0).pointer());
        assertEquals("CDB 3.7", initiator.read(255, 0x1A, 0, 0x0A, 2, 255, 0).pointer());
        assertEquals("CDB 3.7", initiator.read(255, 0x1A, 0, 0x3F, 1, 255, 0).pointer());
        assertEquals("17001000" + CACHING, hex(initiator.read(255, 0x1A, 8, 0x08, 0xFF, 255, 0)));
    }

    @Test
    void aReadOnlyUnitSaysThatItIsWriteProtected() {
        Initiator reader = Bench.readOnly(Bench.backend()).initiator();
        assertEquals((byte) 0x90, reader.read(4, 0x1A, 8, 0x08, 0, 4, 0).data()[2]);
        ArrayBackend readOnly = new ArrayBackend(1 << 20, 512, EnumSet.noneOf(Capability.class));
        assertEquals(
                (byte) 0x90,
                Bench.of(readOnly).initiator().read(4, 0x1A, 8, 0x08, 0, 4, 0).data()[2]);
    }

    @Test
    void aUnitWithoutWriteCacheSaysSo() {
        Initiator careful = Bench.writeThrough(Bench.backend()).initiator();
        assertEquals("17001000" + "8812" + "00".repeat(18), hex(careful.read(255, 0x1A, 8, 0x08, 0, 255, 0)));
    }

    @Test
    void capacityIsTheLastBlockAndTheBlockLength() {
        assertEquals("000007ff00000200", hex(initiator.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        assertEquals(
                "00000000000007ff" + "00000200" + "00" + "03" + "c000" + "00".repeat(16),
                hex(initiator.read(32, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0)));
    }

    @Test
    void readCapacitySixteenIsCutOffAtTheAllocationLength() {
        for (int length = 0; length < 40; length++) {
            Answer answer = initiator.read(40, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, length, 0, 0);
            assertEquals(Math.min(length, 32), answer.data().length);
        }
    }

    @Test
    void requestSenseTellsOneUnitAttentionAndClearsIt() {
        Initiator fresh = Bench.of(Bench.backend()).newInitiator("fresh");
        String none = "700000000000000a" + "00".repeat(10);
        assertEquals("700006000000000a00000000290000000000", hex(fresh.read(252, 0x03, 0, 0, 0, 252, 0)));
        assertEquals(none, hex(fresh.read(252, 0x03, 0, 0, 0, 252, 0)));
        assertEquals("7200000000000000", hex(fresh.read(252, 0x03, 1, 0, 0, 252, 0)));
        assertEquals(ScsiStatus.GOOD, fresh.command(0x00).status());
    }
}
