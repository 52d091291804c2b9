package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.SenseCode;

/** What a ROD token is, and how long (SPC-4 5.17.6). */
class RodTokenTest extends TokenFixture {
    private static final int IDENTIFIER_AT = 8;

    @Test
    void itTellsWhatItStandsFor() {
        byte[] token = client.token(0, 10, 4, 100, 3);
        ByteBuffer fields = ByteBuffer.wrap(token);
        assertEquals(0x0080_0001, fields.getInt(0), "point in time copy - change vulnerable");
        assertEquals(512 - 8, fields.getInt(4));
        String creator = HexFormat.of().formatHex(token, 16, 48);
        String naa = bench.unit().settings().identity().naa();
        assertEquals("e4000000" + "01030008" + naa + "00".repeat(12 + 1) + "000200", creator);
        assertEquals(0, fields.getLong(48));
        assertEquals(7 * BLOCK, fields.getLong(56));
        assertArrayEquals(new byte[32], Arrays.copyOfRange(token, 64, 96));
        assertEquals(BLOCK, fields.getInt(96));
        String target = new String(token, 132, 26, StandardCharsets.US_ASCII);
        assertEquals("iqn.2026-11.example:target", target);
        assertEquals("0328001c", HexFormat.of().formatHex(token, 128, 132));
    }

    @Test
    void noTwoAreAlike() {
        Set<Long> identifiers = new HashSet<>();
        Set<String> tails = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            byte[] token = client.token(0, 10, 4);
            identifiers.add(ByteBuffer.wrap(token).getLong(IDENTIFIER_AT));
            tails.add(HexFormat.of().formatHex(token, 256, 512));
        }
        assertEquals(20, identifiers.size());
        assertEquals(20, tails.size());
        assertFalse(tails.contains("00".repeat(256)));
    }

    @Test
    void itExpiresWhenNobodyUsesIt() {
        byte[] token = client.token(0, 0, 8);
        for (int use = 0; use < 2; use++) {
            bench.pass(59);
            assertGood(write(token, 0, 8));
        }
        bench.pass(61);
        assertRefused(SenseCode.TOKEN_EXPIRED, write(token, 8, 8));
        assertArrayEquals(blocks(filled(2), 8, 8), blocks(to, 8, 8));
    }

    @Test
    void aTimeoutThatIsAskedForIsKept() {
        for (int seconds : new int[] {1, 600}) {
            assertGood(client.populate(0, TokenLists.populateOf(0, seconds, 0, 0, 8)));
            byte[] token = client.lastToken(0);
            bench.pass(seconds);
            assertGood(write(token, 0, 8));
            bench.pass(seconds + 1);
            assertRefused(SenseCode.TOKEN_EXPIRED, write(token, 0, 8));
        }
        assertPointer("list 4.7", client.populate(0, TokenLists.populateOf(0, 601, 0, 0, 8)));
    }

    @Test
    void aWriteBesideTheBlocksLeavesIt() {
        byte[] token = client.token(0, 10, 4, 100, 4);
        for (int lba : new int[] {9, 14, 50, 99, 104}) {
            assertGood(host.write(new byte[BLOCK], 0x2A, 0, 0, 0, 0, lba, 0, 0, 1, 0));
        }
        byte[] unmap = ByteBuffer.allocate(24)
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(0)
                .putLong(200)
                .putInt(100)
                .array();
        assertGood(host.write(unmap, 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0));
        assertGood(write(token, 0, 8));
    }

    @Test
    void whateverChangesABlockRevokesIt() {
        byte[] two = Arrays.copyOf(blocks(from, 10, 1), 2 * BLOCK);
        List<Runnable> changes = List.of(
                () -> assertGood(host.write(two, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0)),
                () -> assertGood(host.write(new byte[BLOCK], 0x2A, 0, 0, 0, 0, 13, 0, 0, 1, 0)),
                () -> assertGood(host.write(new byte[BLOCK], 0x41, 0, 0, 0, 0, 5, 0, 0, 10, 0)),
                () -> assertGood(client.write(0, TokenLists.write(0, 0, TokenLists.zeroToken(), 12, 1))),
                () -> assertGood(client.write(0, TokenLists.write(0, 0, client.token(1, 0, 1), 13, 1))),
                () -> assertGood(copy(both().copy(1, 0, 0, 10, 1).lid1(1))),
                () -> {
                    bench.detach(from);
                    bench.attach(from);
                });
        for (Runnable change : changes) {
            byte[] token = client.token(0, 10, 4);
            change.run();
            assertRefused(SenseCode.TOKEN_REVOKED, write(token, 20, 4));
        }
        assertUntouched();
    }

    @Test
    void aCompareAndWriteThatWritesNothingLeavesIt() {
        byte[] token = client.token(0, 10, 4);
        Answer answer = host.write(new byte[2 * BLOCK], 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0);
        assertEquals(SenseCode.MISCOMPARE_DURING_VERIFY_OPERATION, answer.code());
        assertGood(write(token, 0, 4));
    }

    @Test
    void itIsDeletedWhenItsLastUserSaysSo() {
        byte[] token = client.token(0, 10, 4);
        byte[] list = TokenLists.write(TokenLists.DEL_TKN, 0, token, 0, 4);
        assertGood(client.write(1, list));
        assertRefused(SenseCode.TOKEN_DELETED, client.write(1, list));
    }

    @Test
    void aGuessedOneIsUnknown() {
        byte[] token = client.token(0, 10, 4);
        for (int at = IDENTIFIER_AT; at < token.length; at++) {
            byte[] guessed = token.clone();
            guessed[at] ^= 1;
            Answer answer = write(guessed, 0, 4);
            assertRefused(SenseCode.TOKEN_UNKNOWN, answer);
            assertEquals("list 16.7", answer.pointer());
        }
        byte[] ofOtherType = token.clone();
        ofOtherType[3] = 2;
        assertRefused(SenseCode.UNSUPPORTED_TOKEN_TYPE, write(ofOtherType, 0, 4));
        byte[] ofOtherLength = token.clone();
        ofOtherLength[7] = 0;
        assertRefused(SenseCode.INVALID_TOKEN_LENGTH, write(ofOtherLength, 0, 4));
        assertUntouched();
    }

    @Test
    void nobodyKnowsOneOfAnotherEngine() {
        byte[] token = new TokenClient(Bench.of(filled(3)).initiator()).token(0, 10, 4);
        assertRefused(SenseCode.TOKEN_UNKNOWN, write(token, 0, 4));
    }

    @Test
    void oneOfAUnitThatIsGoneIsUnknown() {
        byte[] token = client.token(0, 10, 4);
        bench.engine().remove(bench.unit());
        bench.unit().close();
        hearAttentions(host);
        assertRefused(SenseCode.TOKEN_UNKNOWN, write(token, 0, 4));
        assertUntouched();
    }

    @Test
    void thoseOfANexusAreBounded() {
        for (int i = 0; i < 64; i++) {
            client.token(0, 0, 1);
        }
        assertRefused(
                SenseCode.INSUFFICIENT_RESOURCES_TO_CREATE_ROD_TOKEN, client.populate(0, TokenLists.populate(0, 1)));
        assertEquals(0x02, client.information(0).get(5));
        assertEquals(36 + client.information(0).get(13), client.information(0).capacity(), "no token");
        client("other").token(0, 0, 1);
        bench.pass(61);
        client.token(0, 0, 1);
    }

    @Test
    void thoseOfAUnitAreBounded() {
        for (String name : List.of("a", "b", "c", "d")) {
            TokenClient other = client(name);
            for (int i = 0; i < 64; i++) {
                other.token(0, 0, 1);
            }
        }
        Answer answer = client.populate(0, TokenLists.populate(0, 1));
        assertRefused(SenseCode.INSUFFICIENT_RESOURCES_TO_CREATE_ROD_TOKEN, answer);
        assertTrue(client.token(1, 0, 1).length == 512);
        assertGood(host.write(new byte[BLOCK], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        client.token(0, 0, 1);
    }

    @Test
    void manyThatEndedMakeRoomForOthers() {
        for (int i = 0; i < 3000; i++) {
            client.token(0, 0, 1);
            assertGood(host.write(new byte[BLOCK], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        }
        assertGood(write(client.token(0, 0, 1), 0, 1));
    }
}
