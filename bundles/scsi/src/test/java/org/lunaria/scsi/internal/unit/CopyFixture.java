package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.SenseCode;

/** What tests of EXTENDED COPY begin with: two units with different random contents, LUN 0 and LUN 1, and an initiator. */
abstract class CopyFixture {
    static final int BLOCK = Bench.BLOCK_BYTES;

    static final int SEGMENT_AT = CopyLists.LID1_HEADER + 2 * 32;

    final ArrayBackend from = filled(1);
    final ArrayBackend to = filled(2);
    final Bench bench = Bench.of(from);
    final LogicalUnit other = bench.engine().unit(Bench.settings("other"));
    final Initiator host;

    CopyFixture() {
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(to);
        bench.map(CopyStand.BOTH);
        host = bench.initiator();
    }

    static ArrayBackend filled(long seed) {
        return CopyStand.filled(seed);
    }

    /** CSCD descriptor 0 is LUN 0, 1 is LUN 1. */
    CopyLists both() {
        return new CopyLists()
                .naa(bench.unit().settings().identity().naa())
                .naa(other.settings().identity().naa());
    }

    Answer copy(byte[] list) {
        return host.write(list, CopyLists.cdb(0, list.length));
    }

    Answer copyLid4(byte[] list) {
        return host.write(list, CopyLists.cdb(1, list.length));
    }

    static byte[] blocks(ArrayBackend backend, int lba, int count) {
        return CopyStand.blocks(backend, lba, count);
    }

    static void assertRefused(SenseCode code, String pointer, Answer answer) {
        assertEquals(code, answer.code());
        assertEquals(pointer, answer.pointer());
    }
}
