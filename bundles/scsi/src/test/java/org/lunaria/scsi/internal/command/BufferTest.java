package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.buffer.DataBuffer;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** READ BUFFER and WRITE BUFFER (SPC-4 6.20, 6.49). */
class BufferTest {
    private static final int DATA = 0x02;
    private static final int DESCRIPTOR = 0x03;
    private static final int ECHO = 0x0A;
    private static final int ECHO_DESCRIPTOR = 0x0B;

    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator();

    private static Answer write(Initiator by, int mode, int id, int offset, byte[] bytes) {
        int length = bytes.length;
        return by.write(
                bytes,
                0x3B,
                mode,
                id,
                offset >> 16,
                offset >> 8 & 0xFF,
                offset & 0xFF,
                length >> 16,
                length >> 8 & 0xFF,
                length & 0xFF,
                0);
    }

    private static Answer read(Initiator by, int mode, int id, int offset, int length) {
        return by.read(
                length,
                0x3C,
                mode,
                id,
                offset >> 16,
                offset >> 8 & 0xFF,
                offset & 0xFF,
                length >> 16,
                length >> 8 & 0xFF,
                length & 0xFF,
                0);
    }

    private static String hex(Answer answer) {
        return HexFormat.of().formatHex(answer.data());
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(6).nextBytes(bytes);
        return bytes;
    }

    @Test
    void theDataBufferGivesBackWhatIsWrittenToIt() {
        byte[] bytes = noise(DataBuffer.CAPACITY_BYTES);
        assertArrayEquals(new byte[8], read(initiator, DATA, 0, 100, 8).data());
        assertEquals(ScsiStatus.GOOD, write(initiator, DATA, 0, 0, bytes).status());
        assertArrayEquals(bytes, read(initiator, DATA, 0, 0, bytes.length).data());
        write(initiator, DATA, 0, 5, new byte[3]);
        Arrays.fill(bytes, 5, 8, (byte) 0);
        assertArrayEquals(
                Arrays.copyOfRange(bytes, 1, 12),
                read(bench.initiator("other"), DATA, 0, 1, 11).data());
    }

    @Test
    void theDescriptorsTellTheCapacities() {
        assertEquals("00010000", hex(read(initiator, DESCRIPTOR, 0, 0, 4)));
        assertEquals("00000000", hex(read(initiator, DESCRIPTOR, 1, 0, 4)));
        assertEquals("01001000", hex(read(initiator, ECHO_DESCRIPTOR, 0, 0, 4)));
    }

    @Test
    void thereIsOneDataBufferAndNothingBehindItsEnd() {
        int end = DataBuffer.CAPACITY_BYTES;
        assertEquals("CDB 2.7", read(initiator, DATA, 1, 0, 4).pointer());
        assertEquals("CDB 2.7", write(initiator, DATA, 1, 0, new byte[4]).pointer());
        assertEquals("CDB 3.7", read(initiator, DATA, 0, end, 4).pointer());
        assertEquals("CDB 3.7", write(initiator, DATA, 0, end, new byte[0]).pointer());
        assertEquals("CDB 6.7", write(initiator, DATA, 0, end - 3, new byte[4]).pointer());
        Answer cut = read(initiator, DATA, 0, end - 3, 8);
        assertEquals(3, cut.data().length);
        assertEquals(5, cut.residual());
    }

    @Test
    void noMicrocodeIsTakenAndNoOtherModeIsThere() {
        for (int mode = 0; mode < 32; mode++) {
            if (mode != DATA && mode != ECHO) {
                assertEquals(
                        "CDB 1.4", write(initiator, mode, 0, 0, new byte[4]).pointer());
            }
            if (mode != DATA && mode != ECHO && mode != DESCRIPTOR && mode != ECHO_DESCRIPTOR) {
                assertEquals("CDB 1.4", read(initiator, mode, 0, 0, 4).pointer());
            }
        }
    }

    @Test
    void whatIsReservedInADescriptorModeIsRefused() {
        assertEquals("CDB 3.7", read(initiator, DESCRIPTOR, 0, 1, 4).pointer());
        assertEquals("CDB 3.7", read(initiator, ECHO_DESCRIPTOR, 0, 1, 4).pointer());
        assertEquals("CDB 2.7", read(initiator, ECHO_DESCRIPTOR, 1, 0, 4).pointer());
    }

    @Test
    void anEchoIsItsNexusOwn() {
        Initiator other = bench.initiator("other");
        byte[] mine = noise(4096);
        assertEquals(ScsiStatus.GOOD, write(initiator, ECHO, 3, 9, mine).status());
        write(other, ECHO, 0, 0, new byte[] {7});
        assertArrayEquals(mine, read(initiator, ECHO, 9, 3, 4096).data());
        assertEquals("07", hex(read(other, ECHO, 0, 0, 100)));
        assertEquals("07", hex(read(other, ECHO, 0, 0, 100)));
        assertEquals("CDB 6.7", write(initiator, ECHO, 0, 0, new byte[4097]).pointer());
        assertArrayEquals(mine, read(initiator, ECHO, 0, 0, 4096).data());
    }

    @Test
    void anEchoThatWasNotWrittenIsASequenceError() {
        assertEquals(
                SenseCode.COMMAND_SEQUENCE_ERROR, read(initiator, ECHO, 0, 0, 4).code());
        write(initiator, ECHO, 0, 0, new byte[4]);
        initiator.leave();
        initiator.returnAgain();
        initiator.ready();
        assertEquals(
                SenseCode.COMMAND_SEQUENCE_ERROR, read(initiator, ECHO, 0, 0, 4).code());
    }

    @Test
    void whoseEchoHadToGoIsToldThatItIsOverwritten() {
        write(initiator, ECHO, 0, 0, new byte[4]);
        for (int i = 0; i < 15; i++) {
            write(bench.initiator("other" + i), ECHO, 0, 0, new byte[4]);
        }
        assertEquals("00000000", hex(read(initiator, ECHO, 0, 0, 4)));
        write(bench.initiator("last"), ECHO, 0, 0, new byte[4]);
        assertEquals(
                SenseCode.ECHO_BUFFER_OVERWRITTEN,
                read(initiator, ECHO, 0, 0, 4).code());
        write(initiator, ECHO, 0, 0, new byte[] {1});
        assertEquals("01", hex(read(initiator, ECHO, 0, 0, 4)));
    }

    @Test
    void lessThanTheListSaysChangesNothing() {
        for (int mode : new int[] {DATA, ECHO}) {
            write(initiator, mode, 0, 0, new byte[] {1, 2, 3, 4});
            Answer answer = initiator.write(new byte[2], 0x3B, mode, 0, 0, 0, 0, 0, 0, 4, 0);
            assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, answer.code());
            assertEquals("01020304", hex(read(initiator, mode, 0, 0, 4)));
        }
    }

    @Test
    void theBuffersOutliveAReset() {
        write(initiator, DATA, 0, 0, new byte[] {1});
        write(initiator, ECHO, 0, 0, new byte[] {2});
        initiator.manage(Function.LOGICAL_UNIT_RESET, 0);
        initiator.ready();
        assertEquals("01", hex(read(initiator, DATA, 0, 0, 1)));
        assertEquals("02", hex(read(initiator, ECHO, 0, 0, 1)));
    }
}
