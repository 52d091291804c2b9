package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.SenseCode;

/** The parameter lists of POPULATE TOKEN and WRITE USING TOKEN (SBC-3 5.22.2, 5.49.2): one that cannot be is refused whole. */
class TokenListTest extends TokenFixture {
    private final byte[] token = client.token(0, 10, 4);

    /** LBAs 0, 2, 4, and so on. */
    private static long[] singles(int count) {
        return LongStream.range(0, count).flatMap(i -> LongStream.of(2 * i, 1)).toArray();
    }

    private static byte[] patched(byte[] list, int at, int value) {
        ByteBuffer.wrap(list).putShort(at, (short) value);
        return list;
    }

    @Test
    void anEmptyListDoesNothing() {
        assertGood(client.populate(0, new byte[0]));
        assertGood(client.write(1, new byte[0]));
    }

    @Test
    void lengthsMustFit() {
        byte[] populate = TokenLists.populate(0, 1);
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, client.populate(0, Arrays.copyOf(populate, 15)));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, client.populate(0, patched(populate, 0, 31)));
        assertPointer("list 0.7", client.populate(0, patched(TokenLists.populate(0, 1), 0, 29)));
        assertPointer("list 14.7", client.populate(0, patched(TokenLists.populate(0, 1), 14, 15)));
        assertPointer("list 14.7", client.populate(0, patched(TokenLists.populate(0, 1), 14, 32)));
        byte[] write = TokenLists.write(0, 0, token, 0, 4);
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, client.write(1, Arrays.copyOf(write, 535)));
        assertPointer("list 0.7", client.write(1, patched(TokenLists.write(0, 0, token, 0, 4), 0, 549)));
        assertPointer("list 534.7", client.write(1, patched(TokenLists.write(0, 0, token, 0, 4), 534, 0)));
        assertUntouched();
    }

    @Test
    void aDescriptorThatIsCutOffIsNone() {
        byte[] list = TokenLists.write(0, 0, token, 0, 2, 5000, 2);
        assertGood(client.write(1, patched(list, 534, 31)));
        assertArrayEquals(blocks(from, 10, 2), blocks(to, 0, 2));
        assertArrayEquals(blocks(filled(2), 2, 2046), blocks(to, 2, 2046));
    }

    @Test
    void rangesMustBeOnTheMediumAndApart() {
        SenseCode outOfRange = SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE;
        assertRefused(outOfRange, client.populate(0, TokenLists.populate(2047, 2)));
        assertRefused(outOfRange, client.populate(0, TokenLists.populate(-1, 1)));
        assertRefused(outOfRange, write(token, 2047, 2));
        assertPointer("list 32.7", client.populate(0, TokenLists.populate(10, 4, 13, 2)));
        assertPointer("list 552.7", write(token, 0, 2, 1, 2));
        assertUntouched();
    }

    @Test
    void thereAreAsManyRangesAsIsAnnounced() {
        SenseCode tooMany = SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS;
        assertRefused(tooMany, client.populate(0, TokenLists.populate(singles(129))));
        assertRefused(tooMany, write(token, singles(129)));
        byte[] many = client.token(0, singles(128));
        assertGood(write(many, singles(128)));
        for (int i = 0; i < 128; i++) {
            assertArrayEquals(blocks(from, 2 * i, 1), blocks(to, 2 * i, 1));
            assertArrayEquals(blocks(filled(2), 2 * i + 1, 1), blocks(to, 2 * i + 1, 1));
        }
    }

    @Test
    void noBlocksAreNoError() {
        assertGood(client.populate(0, TokenLists.populate(5, 0)));
        ByteBuffer information = client.information(0);
        assertEquals(0x01, information.get(5));
        assertEquals(0, information.getLong(16));
        assertEquals(36, information.capacity(), "no token");
        assertGood(write(token, 5, 0));
        assertEquals(0, client.information(1).getLong(16));
        assertUntouched();
    }

    @Test
    void onlyTokensOfTheTypeThatThereIsAreMade() {
        assertPointer("list 8.7", client.populate(0, TokenLists.populateOf(TokenLists.RTV, 0, 0x10000, 0, 1)));
        assertGood(client.populate(0, TokenLists.populateOf(TokenLists.RTV, 0, 0x800001, 0, 1)));
        assertGood(client.populate(0, TokenLists.populateOf(0, 0, 0x10000, 0, 1)));
    }

    @Test
    void anOffsetBehindTheTokenIsRefused() {
        for (long offset : new long[] {4, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertPointer("list 8.7", client.write(1, TokenLists.write(0, offset, token, 0, 1)));
        }
        assertUntouched();
    }

    @Test
    void aTokenIsNotWrittenOverItsOwnBlocks() {
        assertPointer("list 536.7", client.write(0, TokenLists.write(0, 0, token, 13, 1)));
        assertGood(client.write(0, TokenLists.write(0, 0, token, 14, 4)));
        assertArrayEquals(blocks(filled(1), 10, 4), blocks(from, 14, 4));
    }

    @Test
    void nothingIsKnownOfAnotherListIdentifier() {
        client.token(0, 0, 1);
        int last = client.identifier();
        assertEquals(
                "CDB 2.7",
                host.onLun(0, 1024, TokenLists.information(last + 1, 1024)).pointer());
        assertEquals(
                "CDB 2.7",
                host.onLun(1, 1024, TokenLists.information(last, 1024)).pointer());
        Initiator nosy = bench.initiator("nosy");
        assertEquals(
                "CDB 2.7",
                nosy.onLun(0, 1024, TokenLists.information(last, 1024)).pointer());
    }
}
