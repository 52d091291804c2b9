package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.SenseCode;

/** Windows' Offloaded Data Transfer (ODX) from one volume to another, command by command (SBC-3 4.28). */
class WindowsOffloadedTransferTest extends TokenFixture {
    private static final int COMPLETED = 0x01;
    private static final int LOGICAL_BLOCKS = 0xF1;

    /** Windows looks for the Block Device ROD Limits, and takes what is there. */
    private ByteBuffer limits(int lun) {
        ByteBuffer page = host.onLun(lun, 1024, 0x12, 1, 0x8F, 4, 0, 0).buffer().position(4);
        assertEquals(0x0000, page.getShort(), "Block Device ROD Limits come first");
        assertEquals(32, page.getShort());
        return page.slice();
    }

    @Test
    void aFileIsCopiedFromOneVolumeToAnother() {
        ByteBuffer limits = limits(0);
        assertTrue(limits.getShort(6) >= 64, "MAXIMUM RANGE DESCRIPTORS");
        assertEquals(60, limits.getInt(12), "DEFAULT INACTIVITY TIMEOUT");
        assertTrue(limits.getLong(24) > 0 && limits.getLong(24) <= limits.getLong(16), "OPTIMAL TRANSFER COUNT");
        assertEquals(limits, limits(1));

        assertGood(client.populate(0, TokenLists.populate(100, 300, 1000, 20)));
        ByteBuffer made = client.information(0);
        assertEquals(32 + 4 + 514 - 4, made.getInt(0));
        assertEquals(TokenLists.POPULATE_TOKEN, made.get(4));
        assertEquals(COMPLETED, made.get(5));
        assertEquals(LOGICAL_BLOCKS, made.get(15) & 0xFF);
        assertEquals(320, made.getLong(16));
        assertEquals(514, made.getInt(32), "ROD TOKEN DESCRIPTORS LENGTH");
        byte[] token = Arrays.copyOfRange(made.array(), 38, 550);

        assertGood(client.write(1, TokenLists.write(0, 0, token, 7, 10, 500, 300)));
        ByteBuffer written = client.information(1);
        assertEquals(TokenLists.WRITE_USING_TOKEN, written.get(4));
        assertEquals(COMPLETED, written.get(5));
        assertEquals(LOGICAL_BLOCKS, written.get(15) & 0xFF);
        assertEquals(310, written.getLong(16));
        assertEquals(0, written.getInt(32));
        assertEquals(36, written.capacity());
        assertGood(client.write(1, TokenLists.write(0, 310, token, 900, 10)));

        assertArrayEquals(blocks(from, 100, 10), blocks(to, 7, 10));
        assertArrayEquals(blocks(from, 110, 290), blocks(to, 500, 290));
        assertArrayEquals(blocks(from, 1000, 10), blocks(to, 790, 10));
        assertArrayEquals(blocks(from, 1010, 10), blocks(to, 900, 10));
        assertArrayEquals(blocks(filled(2), 17, 483), blocks(to, 17, 483));
        assertArrayEquals(blocks(filled(2), 910, 1138), blocks(to, 910, 1138));
    }

    @Test
    void aFileOfZeroesIsWrittenByTheTokenThatEverybodyKnows() {
        assertGood(client.write(1, TokenLists.write(0, 0, TokenLists.zeroToken(), 10, 5, 100, 1000)));
        assertEquals(1005, client.information(1).getLong(16));
        assertArrayEquals(new byte[5 * BLOCK], blocks(to, 10, 5));
        assertArrayEquals(new byte[1000 * BLOCK], blocks(to, 100, 1000));
        assertArrayEquals(blocks(filled(2), 15, 85), blocks(to, 15, 85));
        assertArrayEquals(blocks(filled(2), 1100, 948), blocks(to, 1100, 948));
    }

    @Test
    void aFileThatIsChangedMeanwhileIsNotCopied() {
        byte[] token = client.token(0, 100, 300);
        assertGood(host.write(new byte[BLOCK], 0x2A, 0, 0, 0, 1, 0, 0, 0, 1, 0));
        assertRefused(SenseCode.TOKEN_REVOKED, write(token, 0, 300));
        assertUntouched();
    }

    @Test
    void aTokenThatNobodyUsedForItsTimeIsInvalid() {
        byte[] token = client.token(0, 100, 300);
        bench.pass(61);
        assertRefused(SenseCode.TOKEN_EXPIRED, write(token, 0, 300));
        assertUntouched();
    }
}
