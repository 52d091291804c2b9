package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.unit.CopyStand.blocks;
import static org.lunaria.scsi.internal.unit.CopyStand.filled;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** How WRITE USING TOKEN goes on, within its command and behind it, and how it ends early (SBC-3 4.28.3). */
class TokenCopyTest {
    private static final int PIECE = 256;

    private final ArrayBackend disk = filled(1);
    private final ArrayBackend otherDisk = filled(2);
    private final SlowBackend slow = new SlowBackend(disk);
    private final FaultyBackend faulty = new FaultyBackend(otherDisk);
    private final SlowBackend slowOther = new SlowBackend(faulty);
    private final CopyStand stand = new CopyStand(slow, slowOther);
    private final Initiator host = stand.bench.initiator();
    private final TokenClient client = new TokenClient(host);
    private byte[] token;

    @BeforeEach
    void makeAToken() {
        slow.letThrough(true);
        slowOther.letThrough(true);
        TokenFixture.hearAttentions(host);
        token = client.token(0, 0, 2048);
        slow.letThrough(false);
    }

    private Initiator.Sent begin(int flags, long... ranges) {
        return client.send(1, TokenLists.WRITE_USING_TOKEN, TokenLists.write(flags, 0, token, ranges));
    }

    /** A write of a block of zeroes to the source. */
    private Initiator.Sent beginChange(int lba) {
        ArrayTransfer data = new ArrayTransfer(new byte[CopyStand.BLOCK], 0, false);
        return host.begin(TaskAttribute.SIMPLE, data, 0x2A, 0, 0, 0, lba >> 8, lba & 0xFF, 0, 0, 1, 0);
    }

    private void releaseAll() {
        while (!slow.held().isEmpty()) {
            slow.release();
        }
    }

    private void assertUntouchedFrom(int lba) {
        assertArrayEquals(blocks(filled(2), lba, 2048 - lba), blocks(otherDisk, lba, 2048 - lba));
    }

    @Test
    void itIsAnsweredWhenAllIsWritten() {
        Initiator.Sent copy = begin(0, 0, 2048);
        assertEquals(4, slow.held().size(), "pieces at a time");
        slow.release();
        ByteBuffer information = client.information(1);
        assertEquals(0x11, information.get(5));
        assertEquals(0, information.getInt(8), "the answer tells first");
        assertEquals(PIECE, information.getLong(16));
        assertFalse(copy.isAnswered());
        releaseAll();
        TokenFixture.assertGood(copy.answer());
        assertArrayEquals(blocks(disk, 0, 2048), blocks(otherDisk, 0, 2048));
    }

    @Test
    void whatIsCountedIsWrittenWithoutAGap() {
        begin(0, 0, 2048);
        slow.release(2);
        assertEquals(0, client.information(1).getLong(16));
        slow.release(0);
        assertEquals(PIECE, client.information(1).getLong(16));
        slow.release(0);
        assertEquals(3 * PIECE, client.information(1).getLong(16));
        releaseAll();
    }

    @Test
    void moreThanATokenHasIsWrittenAsFarAsItGoes() {
        token = client.token(0, 0, 300);
        for (int flags : new int[] {0, TokenLists.IMMED}) {
            Initiator.Sent copy =
                    client.send(1, TokenLists.WRITE_USING_TOKEN, TokenLists.write(flags, 290, token, 3, 4, 100, 20));
            releaseAll();
            if (flags == 0) {
                TokenFixture.assertRefused(SenseCode.COPY_TARGET_DEVICE_DATA_UNDERRUN, copy.answer());
                assertEquals(10, copy.answer().information());
            } else {
                TokenFixture.assertGood(copy.answer());
            }
            ByteBuffer information = client.information(1);
            assertEquals(0x03, information.get(5), "partial ROD token usage");
            assertEquals(ScsiStatus.CHECK_CONDITION.code(), information.get(12));
            assertEquals(10, information.getLong(16));
            assertArrayEquals(blocks(disk, 290, 4), blocks(otherDisk, 3, 4));
            assertArrayEquals(blocks(disk, 294, 6), blocks(otherDisk, 100, 6));
            assertUntouchedFrom(106);
        }
    }

    @Test
    void aWriteToTheSourceMeanwhileEndsIt() {
        Initiator.Sent copy = begin(0, 0, 2048);
        slow.release();
        Initiator.Sent change = beginChange(2047);
        releaseAll();
        TokenFixture.assertGood(change.answer());
        TokenFixture.assertRefused(SenseCode.TOKEN_REVOKED, copy.answer());
        ByteBuffer information = client.information(1);
        assertEquals(0x02, information.get(5));
        assertEquals(PIECE, information.getLong(16));
        assertArrayEquals(blocks(filled(1), 0, PIECE), blocks(otherDisk, 0, PIECE));
        assertUntouchedFrom(PIECE);
    }

    @Test
    void aTokenWaitsForTheWritesThatAreUnderWay() {
        Initiator.Sent change = beginChange(5);
        Initiator.Sent populate = client.send(0, TokenLists.POPULATE_TOKEN, TokenLists.populate(0, 8));
        assertFalse(populate.isAnswered());
        assertEquals(0x11, client.information(0).get(5));
        slow.release();
        TokenFixture.assertGood(change.answer());
        TokenFixture.assertGood(populate.answer());
        token = client.lastToken(0);
        slow.letThrough(true);
        TokenFixture.assertGood(begin(0, 0, 8).answer());
        assertArrayEquals(new byte[512], blocks(otherDisk, 5, 1));
    }

    @Test
    void aPopulateTokenThatWaitsIsAbortedAtOnce() {
        beginChange(5);
        Initiator.Sent populate = client.send(0, TokenLists.POPULATE_TOKEN, TokenLists.populate(0, 8));
        Initiator.Managed abort = host.manage(Function.ABORT_TASK, populate.tag());
        assertEquals(Optional.of(Response.FUNCTION_COMPLETE), abort.response());
        ByteBuffer information = client.information(0);
        assertEquals(0x60, information.get(5));
        assertEquals(36, information.capacity());
        releaseAll();
    }

    /** The one would wait for the other, if the copy were at work on blocks itself. */
    @Test
    void aCompareAndWriteOfTheDestinationGoesBetween() {
        slowOther.letThrough(false);
        Initiator.Sent copy = begin(0, 0, 2048);
        slow.release();
        byte[] data = Arrays.copyOf(blocks(filled(2), 2040, 1), 2 * CopyStand.BLOCK);
        Initiator.Sent compare = host.send(
                1L << 48,
                TaskAttribute.SIMPLE,
                new ArrayTransfer(data, 0, false),
                0x89,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                7,
                0xF8,
                0,
                0,
                0,
                1,
                0,
                0);
        while (!slow.held().isEmpty() || !slowOther.held().isEmpty()) {
            (slowOther.held().isEmpty() ? slow : slowOther).release();
        }
        TokenFixture.assertGood(compare.answer());
        TokenFixture.assertGood(copy.answer());
        assertArrayEquals(blocks(disk, 0, 2048), blocks(otherDisk, 0, 2048));
    }

    @Test
    void aTokenDoesNotExpireWhileItIsUsed() {
        Initiator.Sent copy = begin(0, 0, 2048);
        stand.bench.pass(600);
        assertEquals(
                SenseCode.TOKEN_UNKNOWN,
                client.write(1, TokenLists.write(0, 0, unknown(), 0, 1)).code());
        releaseAll();
        TokenFixture.assertGood(copy.answer());
    }

    private byte[] unknown() {
        byte[] unknown = token.clone();
        unknown[511] ^= 1;
        return unknown;
    }

    @Test
    void inBackgroundItGoesOnBehindItsAnswer() {
        Initiator.Sent copy = begin(TokenLists.IMMED, 0, 2048);
        TokenFixture.assertGood(copy.answer());
        assertEquals(4, slow.held().size());
        ByteBuffer information = client.information(1);
        assertEquals(0x12, information.get(5));
        assertEquals(100, information.getInt(8), "milliseconds to the next question");
        releaseAll();
        assertEquals(0x01, client.information(1).get(5));
        assertEquals(2048, client.information(1).getLong(16));
        assertArrayEquals(blocks(disk, 0, 2048), blocks(otherDisk, 0, 2048));
    }

    @Test
    void inBackgroundAListThatCannotBeIsRefusedStill() {
        TokenFixture.assertRefused(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE, begin(1, 2048, 1).answer());
    }

    @Test
    void copyOperationAbortEndsItInBackground() {
        begin(TokenLists.IMMED, 0, 2048);
        slow.release();
        Initiator.Sent abort = client.abort(1);
        for (int left = 4; left > 0; left--) {
            assertFalse(abort.isAnswered());
            slow.release();
        }
        TokenFixture.assertGood(abort.answer());
        assertEquals(0, slow.held().size());
        assertEquals(0x60, client.information(1).get(5));
        assertUntouchedFrom(PIECE);
    }

    @Test
    void aResetEndsItInBackgroundAndWaitsForIt() {
        begin(TokenLists.IMMED, 0, 2048);
        slow.release();
        Initiator.Managed reset = host.manage(Function.LOGICAL_UNIT_RESET, 1, 0);
        for (int left = 4; left > 0; left--) {
            assertEquals(Optional.empty(), reset.response());
            slow.release();
        }
        assertEquals(Optional.of(Response.FUNCTION_COMPLETE), reset.response());
        assertEquals(0, slow.held().size());
        assertUntouchedFrom(PIECE);
    }

    @Test
    void aNexusThatIsLostWritesNoMoreInBackground() {
        begin(TokenLists.IMMED, 0, 2048);
        slow.release();
        List<String> ended = new ArrayList<>();
        stand.bench.target().detach(host.nexus(), () -> ended.add("ended"));
        for (int left = 4; left > 0; left--) {
            assertEquals(List.of(), ended);
            slow.release();
        }
        assertEquals(List.of("ended"), ended);
        assertUntouchedFrom(PIECE);
    }

    @Test
    void preemptAndAbortWaitsForWhatIsWrittenInBackground() {
        Initiator cluster = stand.bench.initiator("cluster");
        ReserveCommands.register(host, 0, 1);
        ReserveCommands.register(cluster, 0, 2);
        byte[] list = TokenLists.write(TokenLists.IMMED, 0, client.token(1, 0, 2048), 0, 2048);
        TokenFixture.assertGood(client.write(0, list));
        slow.release();
        Initiator.Sent fence = ReserveCommands.begin(
                cluster,
                ReserveOutAction.PREEMPT_AND_ABORT,
                ReservationType.EXCLUSIVE_ACCESS.code(),
                ReserveCommands.list(2, 1, 0));
        for (int left = 4; left > 0; left--) {
            assertFalse(fence.isAnswered());
            slow.release();
        }
        assertEquals(ScsiStatus.GOOD, fence.answer().status());
        assertEquals(0, slow.held().size());
        assertArrayEquals(blocks(filled(1), 5 * PIECE, 3 * PIECE), blocks(disk, 5 * PIECE, 3 * PIECE));
    }

    @Test
    void aStoreThatFailsEndsIt() {
        Initiator.Sent copy = begin(0, 0, 2048);
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, -1);
        releaseAll();
        TokenFixture.assertRefused(SenseCode.THIRD_PARTY_DEVICE_FAILURE, copy.answer());
        assertEquals("7/27/07", CopyStand.forwardedSense(copy.answer()));
        ByteBuffer information = client.information(1);
        assertEquals(0x02, information.get(5));
        assertEquals(0, information.getLong(16), "nothing is written from the first block on");
        assertEquals(copy.answer().sense().length, information.get(13));
    }

    @Test
    void buffersComeBackHoweverItEnds() {
        for (int round = 0; round < 3; round++) {
            List<Initiator.Sent> copies = new ArrayList<>();
            for (int i = 0; i < 33; i++) {
                copies.add(begin(i % 2, 0, 8));
            }
            assertEquals(ScsiStatus.BUSY, copies.get(32).answer().status());
            releaseAll();
            assertTrue(copies.stream().allMatch(Initiator.Sent::isAnswered));
        }
    }

    @Test
    void aListIdentifierThatIsInUseIsRefused() {
        byte[] list = TokenLists.write(0, 0, token, 0, 8);
        Initiator.Sent copy = client.send(1, TokenLists.WRITE_USING_TOKEN, list);
        TokenFixture.assertRefused(
                SenseCode.OPERATION_IN_PROGRESS,
                client.sendAgain(1, TokenLists.WRITE_USING_TOKEN, list).answer());
        releaseAll();
        TokenFixture.assertGood(copy.answer());
        assertTrue(copy.isAnswered());
    }
}
