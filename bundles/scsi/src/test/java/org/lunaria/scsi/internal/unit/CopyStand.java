package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.slot.ManualTimer;

/** Two units with different random contents: "disk", LUN 0, and "other", LUN 1. Confined to the test's thread. */
final class CopyStand {
    static final int BLOCK = Bench.BLOCK_BYTES;
    static final Mapping DISK = new Mapping("disk", false);
    static final Mapping OTHER = new Mapping("other", false);
    static final LunMap BOTH = new LunMap(Map.of(0, DISK, 1, OTHER));

    final ManualTimer timer = new ManualTimer();
    final Bench bench;
    final LogicalUnit other;

    /** @param disk and other over stores of {@link #filled} */
    CopyStand(BlockBackend disk, BlockBackend otherStore) {
        bench = Bench.of(disk, Bench.settings("disk"), timer);
        other = bench.engine().unit(Bench.settings("other"));
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(otherStore);
        bench.map(BOTH);
    }

    static ArrayBackend filled(long seed) {
        ArrayBackend backend = Bench.backend();
        byte[] bytes = new byte[Bench.BLOCK_COUNT * BLOCK];
        new Random(seed).nextBytes(bytes);
        backend.contents(0, bytes);
        return backend;
    }

    static byte[] blocks(ArrayBackend backend, int lba, int count) {
        return backend.contents((long) lba * BLOCK, count * BLOCK);
    }

    /** CSCD descriptor 0 is the disk, 1 the other. */
    CopyLists both() {
        return new CopyLists()
                .naa(bench.unit().settings().identity().naa())
                .naa(other.settings().identity().naa());
    }

    static Initiator.Sent begin(Initiator by, int lun, byte[] list) {
        return by.send(
                (long) lun << 48,
                TaskAttribute.SIMPLE,
                new ArrayTransfer(list, 0, false),
                CopyLists.cdb(0, list.length));
    }

    /** RECEIVE COPY STATUS(LID1) and its like, of LUN 0. */
    static Answer ask(Initiator by, int serviceAction, int listIdentifier) {
        return by.read(1024, 0x84, serviceAction, listIdentifier, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0);
    }

    /** COPY OPERATION ABORT, to LUN 0. */
    static Initiator.Sent abort(Initiator by, int listIdentifier) {
        return by.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(new byte[0], 0, false),
                0x83,
                0x1C,
                0,
                0,
                0,
                listIdentifier,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    /** The status that the source or the destination had answered the copy. */
    static int forwardedStatus(Answer answer) {
        byte[] sense = answer.sense();
        int at = Math.max(sense[8], sense[9]);
        return at == 0 ? -1 : sense[at];
    }

    /** Its sense key and additional sense code. */
    static String forwardedSense(Answer answer) {
        byte[] sense = answer.sense();
        int at = Math.max(sense[8], sense[9]) + 1;
        return "%x/%02x/%02x".formatted(sense[at + 2], sense[at + 12], sense[at + 13]);
    }
}
