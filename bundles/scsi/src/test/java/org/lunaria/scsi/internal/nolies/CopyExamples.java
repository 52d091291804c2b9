package org.lunaria.scsi.internal.nolies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.nolies.Example.in;
import static org.lunaria.scsi.internal.nolies.Example.none;
import static org.lunaria.scsi.internal.nolies.Example.out;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.unit.CopyLists;

/** Examples of the commands for third-party copies: three blocks are copied to block 8 of the same unit. */
final class CopyExamples {
    private static final int OUT = 0x83;
    private static final int IN = 0x84;
    private static final int LIST = 5;
    private static final int FROM = 20;
    private static final int TO = 8;
    private static final int COUNT = 3;
    private static final int ROOM = 4096;

    private CopyExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        for (int action : new int[] {0x00, 0x01}) {
            all.add(Example.of(OUT, action)
                    .on(kind -> !kind.readOnly())
                    .sends(copy(action, COUNT))
                    .lists(10, 4)
                    .then((stand, answer) -> BlockExamples.assertStored(stand, stand.pattern(FROM, COUNT))));
            all.add(Example.of(OUT, action)
                    .on(UnitKind::readOnly)
                    .sends(copy(action, 0))
                    .lists(10, 4));
        }
        all.add(ask(0x00, 1).limits(2, 7, 8).then((stand, answer) -> assertEquals(1, answer.data()[4])));
        all.add(ask(0x01, 1)
                .limits(2, 7, 8)
                .then((stand, answer) -> assertEquals(0, answer.buffer().getInt(0))));
        all.add(Example.of(IN, 0x03)
                .sends(in(ROOM, cdb(IN, 0x03, 0, ROOM)))
                .allocates(10, 4)
                .then((stand, answer) -> assertEquals(0xE4, answer.data()[answer.data().length - 1] & 0xFF)));
        all.add(ask(0x04, 1)
                .then((stand, answer) -> assertEquals(0, answer.buffer().getInt(0))));
        all.add(ask(0x05, 4).limits(2, 7, 32).then((stand, answer) -> assertEquals(1, answer.data()[5])));
        // A store that is done at once has no copy under way: that one is ended, CopyStatusTest shows.
        all.add(Example.of(OUT, 0x1C)
                .sends(none(cdb(OUT, 0x1C, LIST, 0)))
                .answers(ScsiStatus.CHECK_CONDITION)
                .limits(2, 7, 32)
                .then((stand, answer) -> assertEquals("CDB 2.7", answer.pointer())));
        return all;
    }

    private static Example.Request copy(int action, int count) {
        CopyLists lists = new CopyLists().copy(CopyLists.THIS_UNIT, FROM, CopyLists.THIS_UNIT, TO, count);
        byte[] list = action == 0 ? lists.lid1(LIST) : lists.lid4(LIST);
        return out(list, CopyLists.cdb(action, list.length));
    }

    /** About a copy of nothing that is done. */
    private static Example ask(int action, int identifierBytes) {
        return Example.of(IN, action)
                .sends(stand -> {
                    stand.send(copy(0x00, 0));
                    return in(ROOM, cdb(IN, action, identifierBytes == 1 ? LIST << 24 : LIST, ROOM));
                })
                .allocates(10, 4);
    }

    private static int[] cdb(int opcode, int action, int identifier, int length) {
        return new int[] {
            opcode,
            action,
            identifier >>> 24,
            identifier >> 16 & 0xFF,
            identifier >> 8 & 0xFF,
            identifier & 0xFF,
            0,
            0,
            0,
            0,
            length >> 24,
            length >> 16 & 0xFF,
            length >> 8 & 0xFF,
            length & 0xFF,
            0,
            0
        };
    }
}
