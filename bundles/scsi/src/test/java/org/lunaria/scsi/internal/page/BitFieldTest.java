package org.lunaria.scsi.internal.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BitFieldTest {

    @Test
    void fieldsOfTheStandardsAreReadBigEndian() {
        byte[] read6 = {0x08, (byte) 0xF5, 0x43, 0x21, 0x10, 0};
        assertEquals(0x154321, new BitField(1, 4, 21).get(read6));
        assertEquals(0x10, BitField.bytes(4, 1).get(read6));
        assertEquals(7, new BitField(1, 7, 3).get(read6));
    }

    @Test
    void aFieldOfSixtyFourBitsKeepsItsPattern() {
        byte[] cdb = new byte[16];
        BitField.bytes(2, 8).put(cdb, -2);
        assertEquals(-2, BitField.bytes(2, 8).get(cdb));
        assertEquals(0, cdb[1]);
        assertEquals(0, cdb[10]);
    }

    @Test
    void anAbsentFieldReadsAsZero() {
        assertEquals(0, BitField.ABSENT.get(new byte[] {-1, -1}));
        assertFalse(BitField.ABSENT.isSet(new byte[] {-1}));
    }

    @Test
    void whatIsPutIsGotAndNothingElseChanges() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int bits = 1 + random.nextInt(56);
            BitField field = new BitField(random.nextInt(8), random.nextInt(8), bits);
            byte[] data = new byte[24];
            random.nextBytes(data);
            byte[] before = data.clone();
            long value = random.nextLong() & field.max();
            long old = field.get(data);
            field.put(data, value);
            assertEquals(value, field.get(data), () -> field + ", seed " + seed);
            field.put(data, old);
            assertArrayEquals(before, data, () -> field + ", seed " + seed);
        }
    }
}
