package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The digest of RFC 7143 13.1 with the examples of its appendix A and of RFC 3720 B.4. */
class ChecksumTest {
    private static final String READ_10 =
            "01c00000000000000000000000000000140000000000040000000014000000182800000000000000" + "0200000000000000";

    private final BufferPool pool = new BufferPool(1 << 20);
    private final Checksum checksum = new Checksum();

    @Test
    void theExamplesOfTheStandard() {
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xFF);
        byte[] ascending = new byte[32];
        byte[] descending = new byte[32];
        for (int index = 0; index < 32; index++) {
            ascending[index] = (byte) index;
            descending[index] = (byte) (31 - index);
        }
        assertDigest("aa36918a", new byte[32]);
        assertDigest("43aba862", ones);
        assertDigest("4e79dd46", ascending);
        assertDigest("5cdb3f11", descending);
        assertDigest("563a96d9", HexFormat.of().parseHex(READ_10));
    }

    @Test
    void paddingCountsAsZeroes() {
        byte[] padded = Arrays.copyOf(new byte[] {1, 2, 3, 4, 5}, 8);
        assertEquals(
                BitwiseCrc32c.digest(padded, 0, 8),
                checksum.begin().add(padded, 0, 5).addZeroes(3).digest());
    }

    @Test
    void partsOfAnyLengthMakeTheSameDigestAsTheWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PooledBuffer buffer = pool.take(4096);
        for (int round = 0; round < 1000; round++) {
            byte[] bytes = new byte[random.nextInt(4000)];
            random.nextBytes(bytes);
            int from = random.nextInt(96);
            buffer.bytes().put(from, bytes);
            int cut = random.nextInt(bytes.length + 1);
            checksum.begin().add(buffer, from, cut).add(buffer, from + cut, bytes.length - cut);
            assertEquals(BitwiseCrc32c.digest(bytes, 0, bytes.length), checksum.digest(), "seed " + seed);
        }
        buffer.release();
    }

    private void assertDigest(String hex, byte[] bytes) {
        assertEquals(hex, HexFormat.of().toHexDigits(BitwiseCrc32c.digest(bytes, 0, bytes.length)));
        PooledBuffer buffer = pool.take(4096);
        buffer.bytes().put(8, bytes);
        assertEquals(
                hex,
                HexFormat.of()
                        .toHexDigits(
                                checksum.begin().add(buffer, 8, bytes.length).digest()));
        buffer.release();
    }
}
