package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.SenseCode;

/** Tokens between a unit with blocks of 512 bytes, LUN 0, and one with blocks of 4096, LUN 1. */
class TokenBlockLengthTest extends TokenFixture {
    private static final int LARGE = 4096;

    private final ArrayBackend large = filled(4);

    TokenBlockLengthTest() {
        UnitSettings like = Bench.settings("large");
        LogicalUnit unit = bench.engine()
                .unit(new UnitSettings("large", "large", like.identity(), LARGE, false, true, false, like.policy()));
        assertEquals(Optional.empty(), bench.engine().add(unit));
        unit.slot().attach(large);
        see(Map.of(0, CopyStand.DISK, 1, new Mapping("large", false)));
    }

    @Test
    void smallBlocksAreWrittenAsLargeOnes() {
        byte[] token = client.token(0, 3, 16, 100, 8);
        assertGood(client.write(1, TokenLists.write(0, 1, token, 5, 2)));
        assertEquals(2, client.information(1).getLong(16));
        assertArrayEquals(blocks(from, 11, 8), large.contents(5 * LARGE, LARGE));
        assertArrayEquals(blocks(from, 100, 8), large.contents(6 * LARGE, LARGE));
        assertArrayEquals(filled(4).contents(7 * LARGE, LARGE), large.contents(7 * LARGE, LARGE));
    }

    @Test
    void largeBlocksAreWrittenAsSmallOnes() {
        byte[] token = client.token(1, 5, 2);
        assertGood(client.write(0, TokenLists.write(0, 8, token, 100, 8)));
        assertEquals(8, client.information(0).getLong(16));
        assertArrayEquals(large.contents(6 * LARGE, LARGE), blocks(from, 100, 8));
        assertArrayEquals(blocks(filled(1), 108, 8), blocks(from, 108, 8));
    }

    @Test
    void whatIsNotWholeBlocksOfBothIsRefused() {
        byte[] small = client.token(0, 3, 12, 100, 4);
        assertPointer("list 536.7", client.write(1, TokenLists.write(0, 0, small, 0, 2)));
        byte[] whole = client.token(1, 5, 2);
        assertPointer("list 8.7", client.write(0, TokenLists.write(0, 4, whole, 0, 8)));
        assertPointer("list 536.7", client.write(0, TokenLists.write(0, 0, whole, 0, 4, 10, 4)));
        assertArrayEquals(filled(4).contents(0, 2 * LARGE), large.contents(0, 2 * LARGE));
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(from, 0, 2048));
    }

    @Test
    void asManyWholeBlocksAsThereAreAreWritten() {
        byte[] token = client.token(0, 0, 16);
        Answer answer = client.write(1, TokenLists.write(0, 1, token, 9, 3));
        assertRefused(SenseCode.COPY_TARGET_DEVICE_DATA_UNDERRUN, answer);
        assertEquals(1, answer.information());
        assertArrayEquals(blocks(from, 8, 8), large.contents(9 * LARGE, LARGE));
        assertArrayEquals(filled(4).contents(10 * LARGE, LARGE), large.contents(10 * LARGE, LARGE));
    }
}
