package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** REPORT TARGET PORT GROUPS (SPC-4 6.37). */
class ReportTargetPortGroupsTest {
    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator();

    private Answer report(int format, int room) {
        return initiator.read(room, 0xA3, format << 5 | 0x0A, 0, 0, 0, 0, 0, 0, room >> 8, room & 0xFF, 0, 0);
    }

    private String hex(int format) {
        Answer answer = report(format, 4096);
        assertEquals(ScsiStatus.GOOD, answer.status());
        return HexFormat.of().formatHex(answer.data());
    }

    /** As VPD page 83h has it. */
    private String group() {
        String page = HexFormat.of()
                .formatHex(initiator.read(1024, 0x12, 1, 0x83, 4, 0, 0).data());
        int designator = page.indexOf("01150004" + "0000") + 12;
        return page.substring(designator, designator + 4);
    }

    @Test
    void thePortOfTheNexusIsInTheGroupThatTheIdentificationNames() {
        assertEquals("0000000c" + "008f" + group() + "00000001" + "00000001", hex(0));
    }

    @Test
    void theExtendedHeaderComesBeforeTheGroup() {
        assertEquals("00000010" + "10000000" + "008f" + group() + "00000001" + "00000001", hex(1));
    }

    @Test
    void allPortsOfTheTargetAreInItsGroup() {
        bench.target().reachedBy(() -> Map.of(0xFFFF, "z", 7, "seven"));
        assertEquals("00000014" + "008f" + group() + "00000003" + "00000001" + "00000007" + "0000ffff", hex(0));
    }

    @Test
    void ofMorePortsThanAGroupHoldsThatOfTheNexusIsAmongThem() {
        Map<Integer, String> ports =
                IntStream.rangeClosed(2, 1000).boxed().collect(Collectors.toMap(port -> port, port -> "port " + port));
        bench.target().reachedBy(() -> ports);
        byte[] data = report(0, 4096).data();
        assertEquals((byte) 255, data[11]);
        assertEquals(4 + 8 + 4 * 255, data.length);
        assertEquals(1, data[15]);
    }

    @Test
    void otherFormatsAreRefusedAtTheirField() {
        for (int format = 2; format < 8; format++) {
            Answer answer = report(format, 4096);
            assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
            assertEquals("CDB 1.7", answer.pointer());
        }
    }

    @Test
    void theAllocationLengthCutsTheDataOff() {
        for (int room = 0; room < 20; room++) {
            Answer answer = report(0, room);
            assertEquals(Math.min(16, room), answer.data().length);
            assertEquals(Math.max(0, room - 16), answer.residual());
        }
    }
}
