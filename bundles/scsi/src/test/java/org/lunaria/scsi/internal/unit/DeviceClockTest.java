package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.page.Timestamp;
import org.lunaria.scsi.internal.page.Timestamp.Origin;

/** The device clock (SPC-4 5.2), REPORT and SET TIMESTAMP (6.38, 6.46). */
class DeviceClockTest {
    private long hostMillis = 1_000_000;
    private long nanos = -5;
    private final DeviceClock clock = new DeviceClock(() -> hostMillis, () -> nanos);

    private static final int[] REPORT = {0xA3, 0x0F, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0};

    private static Answer set(Initiator by, String hex) {
        byte[] list = HexFormat.of().parseHex(hex);
        return by.write(list, 0xA4, 0x0F, 0, 0, 0, 0, 0, 0, 0, list.length, 0, 0);
    }

    @Test
    void itShowsTheHostsTimeUntilItIsSet() {
        assertEquals(new Timestamp(Origin.OUTSIDE, 1_000_000), clock.now());
        hostMillis += 7;
        assertEquals(new Timestamp(Origin.OUTSIDE, 1_000_007), clock.now());
        clock.set(50);
        hostMillis -= 1000;
        nanos += 3_999_999;
        assertEquals(new Timestamp(Origin.SET_TIMESTAMP, 53), clock.now());
    }

    @Test
    void itHas48Bits() {
        clock.set((1L << 48) - 1);
        nanos += 1_000_000;
        assertEquals(0, clock.now().millis());
    }

    @Test
    void whatIsSetIsReported() {
        Bench bench = Bench.of(Bench.backend());
        Initiator initiator = bench.initiator();
        byte[] first = initiator.read(255, REPORT).data();
        assertEquals("000a0300", HexFormat.of().formatHex(first, 0, 4));
        assertEquals(
                ScsiStatus.GOOD,
                set(initiator, "00000000" + "7fffffffff00" + "0000").status());
        initiator.manage(Function.LOGICAL_UNIT_RESET, 0);
        initiator.ready();
        byte[] then = initiator.read(255, REPORT).data();
        assertEquals(12, then.length);
        assertEquals("000a0200" + "7fff", HexFormat.of().formatHex(then, 0, 6));
        assertEquals("0000", HexFormat.of().formatHex(then, 10, 12));
    }

    @Test
    void aWrongListSetsNothing() {
        Initiator initiator = Bench.of(Bench.backend()).initiator();
        assertEquals(ScsiStatus.GOOD, set(initiator, "").status());
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                set(initiator, "0000000000000000000000").code());
        assertEquals("list 3.7", set(initiator, "000000010000000000000000").pointer());
        assertEquals("list 10.7", set(initiator, "000000000000000000000100").pointer());
        assertEquals(0b011, initiator.read(255, REPORT).data()[2]);
    }
}
