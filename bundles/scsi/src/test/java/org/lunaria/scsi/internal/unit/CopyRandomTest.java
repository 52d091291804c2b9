package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.CopyStand.BLOCK;
import static org.lunaria.scsi.internal.unit.CopyStand.begin;
import static org.lunaria.scsi.internal.unit.CopyStand.filled;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;

/**
 * Random lists of segments on stores that end what they have in random order, held against arrays that are copied; with writes
 * of the initiator beside, to blocks that no segment touches.
 */
class CopyRandomTest {
    private static final int ROUNDS = 60;
    private static final int BLOCKS = Bench.BLOCK_COUNT - 64;

    private final long seed = Long.getLong("lunaria.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ArrayBackend[] stores = {filled(1), filled(2)};
    private final SlowBackend[] slow = {new SlowBackend(stores[0]), new SlowBackend(stores[1])};
    private final CopyStand stand = new CopyStand(slow[0], slow[1]);
    private final Initiator host = stand.bench.initiator();
    private final byte[][] model = {
        stores[0].contents(0, Bench.BLOCK_COUNT * BLOCK), stores[1].contents(0, Bench.BLOCK_COUNT * BLOCK)
    };

    @Test
    void whateverTheOrderTheResultIsThatOfTheList() {
        System.out.println("CopyRandomTest: -Dlunaria.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            CopyLists list = stand.both();
            for (int segments = 1 + random.nextInt(5); segments > 0; segments--) {
                add(list);
            }
            Initiator.Sent copy = begin(host, 0, list.lid1(1));
            Initiator.Sent write = write(BLOCKS + random.nextInt(64));
            while (!copy.isAnswered() || !write.isAnswered()) {
                release();
            }
            assertEquals(ScsiStatus.GOOD, copy.answer().status(), "seed " + seed);
            for (int unit = 0; unit < 2; unit++) {
                assertArrayEquals(
                        model[unit],
                        stores[unit].contents(0, model[unit].length),
                        "unit " + unit + " in round " + round + ", seed " + seed);
            }
        }
    }

    private void add(CopyLists list) {
        int count = random.nextInt(4) == 0 ? random.nextInt(BLOCKS) : random.nextInt(600);
        int source = random.nextInt(2);
        int destination = random.nextInt(2);
        int sourceLba = random.nextInt(BLOCKS - count);
        int destinationLba = random.nextInt(BLOCKS - count);
        list.copy(source, sourceLba, destination, destinationLba, count);
        System.arraycopy(
                model[source].clone(), sourceLba * BLOCK, model[destination], destinationLba * BLOCK, count * BLOCK);
    }

    private Initiator.Sent write(int lba) {
        byte[] data = new byte[BLOCK];
        random.nextBytes(data);
        System.arraycopy(data, 0, model[0], lba * BLOCK, BLOCK);
        return host.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(data, 0, false),
                0x2A,
                0,
                0,
                0,
                lba >> 8,
                lba & 0xFF,
                0,
                0,
                1,
                0);
    }

    private void release() {
        SlowBackend which = slow[random.nextInt(2)];
        if (!which.held().isEmpty()) {
            which.release(random.nextInt(which.held().size()));
        }
    }
}
