package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.unit.CopyStand.BLOCK;
import static org.lunaria.scsi.internal.unit.CopyStand.blocks;
import static org.lunaria.scsi.internal.unit.CopyStand.filled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;

/**
 * Copies by tokens amid writes to their source, whose operations are done in a random order. What is copied is what the source
 * was when the token was made, or nothing: not a byte is of a later time.
 */
class TokenRandomTest {
    private static final int BLOCKS = Bench.BLOCK_COUNT;
    private static final int ROUNDS = 200;

    private final long seed = Long.getLong("lunaria.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ArrayBackend disk = filled(1);
    private final ArrayBackend otherDisk = filled(2);
    private final SlowBackend slow = new SlowBackend(disk);
    private final SlowBackend slowOther = new SlowBackend(otherDisk);
    private final CopyStand stand = new CopyStand(slow, slowOther);
    private final Initiator host = stand.bench.initiator();
    private final TokenClient client = new TokenClient(host);
    private int copied;
    private int revoked;

    @Test
    void noByteIsOfALaterTime() {
        System.out.println("TokenRandomTest: -Dlunaria.seed=" + seed);
        slow.letThrough(true);
        slowOther.letThrough(true);
        TokenFixture.hearAttentions(host);
        slow.letThrough(false);
        slowOther.letThrough(false);
        for (int round = 0; round < ROUNDS; round++) {
            round();
        }
        assertTrue(copied > ROUNDS / 10 && revoked > ROUNDS / 10, copied + " copied, " + revoked + " revoked");
    }

    private void round() {
        int count = 1 + random.nextInt(1400);
        int first = random.nextInt(BLOCKS - count);
        int to = random.nextInt(BLOCKS - count);
        List<Initiator.Sent> writes = new ArrayList<>();
        writes.add(change());
        Initiator.Sent populate = client.send(0, TokenLists.POPULATE_TOKEN, TokenLists.populate(first, count));
        releaseAllInDisorder();
        assertEquals(ScsiStatus.GOOD, populate.answer().status());
        byte[] token = client.lastToken(0);
        byte[] then = blocks(disk, first, count);
        byte[] before = blocks(otherDisk, 0, BLOCKS);

        byte[] list = TokenLists.write(0, 0, token, to, count);
        Initiator.Sent copy = client.send(1, TokenLists.WRITE_USING_TOKEN, list);
        int left = random.nextInt(4);
        while (isUnderWay()) {
            if (left > 0 && random.nextInt(4) == 0) {
                writes.add(change());
                left--;
            }
            releaseOne();
        }
        writes.forEach(write -> assertEquals(ScsiStatus.GOOD, write.answer().status()));
        check(copy.answer(), to, count, then, before);
    }

    private void check(Answer answer, int to, int count, byte[] then, byte[] before) {
        byte[] now = blocks(otherDisk, 0, BLOCKS);
        if (answer.status() == ScsiStatus.GOOD) {
            copied++;
            System.arraycopy(then, 0, before, to * BLOCK, then.length);
            assertArrayEquals(before, now);
            return;
        }
        revoked++;
        assertEquals(SenseCode.TOKEN_REVOKED, answer.code());
        long written = client.information(1).getLong(16);
        for (int lba = 0; lba < BLOCKS; lba++) {
            byte[] is = Arrays.copyOfRange(now, lba * BLOCK, (lba + 1) * BLOCK);
            byte[] was = Arrays.copyOfRange(before, lba * BLOCK, (lba + 1) * BLOCK);
            int at = lba - to;
            boolean within = at >= 0 && at < count;
            byte[] copy = within ? Arrays.copyOfRange(then, at * BLOCK, (at + 1) * BLOCK) : was;
            boolean mustBeWritten = within && at < written;
            boolean right = Arrays.equals(is, copy) || !mustBeWritten && Arrays.equals(is, was);
            assertTrue(right, "block " + lba + ", seed " + seed);
        }
    }

    private Initiator.Sent change() {
        int count = 1 + random.nextInt(20);
        int lba = random.nextInt(BLOCKS - count);
        byte[] data = new byte[count * BLOCK];
        random.nextBytes(data);
        ArrayTransfer transfer = new ArrayTransfer(data, 0, false);
        return host.begin(TaskAttribute.SIMPLE, transfer, 0x2A, 0, 0, 0, lba >> 8, lba & 0xFF, 0, 0, count, 0);
    }

    private boolean isUnderWay() {
        return !slow.held().isEmpty() || !slowOther.held().isEmpty();
    }

    private void releaseOne() {
        SlowBackend store =
                slow.held().isEmpty() || !slowOther.held().isEmpty() && random.nextBoolean() ? slowOther : slow;
        store.release(random.nextInt(store.held().size()));
    }

    private void releaseAllInDisorder() {
        while (isUnderWay()) {
            releaseOne();
        }
    }
}
