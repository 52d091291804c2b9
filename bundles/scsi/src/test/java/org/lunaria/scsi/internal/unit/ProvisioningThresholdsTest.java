package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/** Thresholds of a thin disk's resources (SBC-4 4.7.3.7), by the mode page that arms them and by the administrator's key. */
class ProvisioningThresholdsTest {
    private static final int SET = 1 << 20;
    private static final int HALF = SET / 2;
    private static final int CAPACITY = 16 * SET;

    private static final int SITUA = 4;
    private static final int AVAILABLE = 16;
    private static final int USED = 24;

    private final ArrayBackend store = new ArrayBackend(CAPACITY, Bench.BLOCK_BYTES);
    private Bench bench = Bench.of(store);
    private Initiator one = bench.initiator("one");
    private Initiator two = bench.initiator("two");

    private void available(long bytes) {
        store.takenByOthers(CAPACITY - bytes);
        bench.unit().spaceWatch().look();
    }

    private static byte[] page(Initiator by, int code, int subpage, int control) {
        byte[] data = by.read(255, 0x5A, 8, control << 6 | code, subpage, 0, 0, 0, 0, 255, 0)
                .data();
        data[0] = 0;
        data[1] = 0;
        data[3] = 0;
        return data;
    }

    private static Answer select(Initiator by, byte[] list, boolean saves) {
        list[8] &= 0x7F;
        return by.write(list, 0x55, 0x10 | (saves ? 1 : 0), 0, 0, 0, 0, 0, 0, list.length, 0);
    }

    /** Arms a threshold; the others hear of the change. */
    private void arm(int descriptor, int sets, boolean single) {
        byte[] list = page(one, 0x1C, 0x02, 0);
        list[8 + SITUA] = (byte) (single ? 1 : 0);
        list[8 + descriptor] |= (byte) 0x80;
        ByteBuffer.wrap(list).putInt(8 + descriptor + 4, sets);
        assertEquals(ScsiStatus.GOOD, select(one, list, false).status());
        heard(two);
    }

    private static Optional<SenseCode> heard(Initiator by) {
        Answer answer = by.command(0x00);
        return answer.status() == ScsiStatus.GOOD ? Optional.empty() : Optional.of(answer.code());
    }

    private static void reached(Initiator by) {
        assertEquals(Optional.of(SenseCode.THIN_PROVISIONING_SOFT_THRESHOLD_REACHED), heard(by));
    }

    private static void hearsNothing(Initiator by) {
        assertEquals(Optional.empty(), heard(by));
    }

    @Test
    void nothingIsArmedAtFirstAndAllButTheKindsOfTheThresholdsCanBeChanged() {
        assertEquals(
                "dc02001c" + "000000000000000000000000" + "0001000000000000" + "0102000000000000",
                HexFormat.of().formatHex(page(one, 0x1C, 0x02, 0), 8, 40));
        assertEquals(
                "dc02001c" + "010000000000000000000000" + "80000000ffffffff" + "80000000ffffffff",
                HexFormat.of().formatHex(page(one, 0x1C, 0x02, 1), 8, 40));
        assertEquals("810a0080", HexFormat.of().formatHex(page(one, 0x01, 0, 0), 8, 12));
    }

    @Test
    void whatIsAvailableFallsThroughTheRangeAndEveryNexusHearsOnce() {
        available(CAPACITY);
        arm(AVAILABLE, 4, false);
        available(4 * SET + HALF + 1);
        available(4 * SET - HALF);
        hearsNothing(one);
        available(4 * SET - HALF - 1);
        reached(one);
        reached(two);
        hearsNothing(one);
        hearsNothing(two);
    }

    @Test
    void itIsToldAgainOnlyAfterItWasBeforeTheRange() {
        arm(AVAILABLE, 4, false);
        available(SET);
        reached(one);
        available(4 * SET + HALF);
        available(SET);
        hearsNothing(one);
        available(4 * SET + HALF + 1);
        available(4 * SET);
        hearsNothing(one);
        available(SET);
        reached(one);
    }

    @Test
    void whatIsUsedRisesThroughItsRange() {
        arm(USED, 2, false);
        store.contents(0, new byte[2 * SET + HALF]);
        bench.unit().spaceWatch().look();
        hearsNothing(one);
        store.contents(4 * SET, new byte[4096]);
        bench.unit().spaceWatch().look();
        reached(one);
        store.unmap(0, SET);
        bench.unit().spaceWatch().look();
        store.contents(0, new byte[SET]);
        bench.unit().spaceWatch().look();
        hearsNothing(one);
        store.unmap(0, 2 * SET);
        bench.unit().spaceWatch().look();
        store.contents(0, new byte[2 * SET + HALF]);
        bench.unit().spaceWatch().look();
        reached(one);
    }

    @Test
    void theSenseDataSaysWhichThresholdItWas() {
        arm(AVAILABLE, 4, false);
        arm(USED, 2, false);
        store.contents(0, new byte[3 * SET]);
        available(SET);
        assertEquals(AVAILABLE, information(one.command(0x00)));
        assertEquals(USED, information(one.command(0x00)));
        hearsNothing(one);
    }

    private static int information(Answer answer) {
        assertEquals(SenseCode.THIN_PROVISIONING_SOFT_THRESHOLD_REACHED, answer.code());
        assertEquals((byte) 0xF0, answer.sense()[0], "VALID");
        return ByteBuffer.wrap(answer.sense()).getInt(3);
    }

    @Test
    void withSituaTheNexusThatComesNextHearsAndNoOther() {
        arm(AVAILABLE, 4, true);
        available(SET);
        assertEquals(ScsiStatus.GOOD, two.read(36, 0x12, 0, 0, 0, 36, 0).status());
        reached(two);
        hearsNothing(one);
        hearsNothing(two);
    }

    @Test
    void withoutLbpereNobodyHearsUntilItIsSetAgain() {
        arm(AVAILABLE, 4, false);
        byte[] recovery = page(one, 0x01, 0, 0);
        recovery[8 + 3] = 0;
        select(one, recovery, false);
        heard(two);
        available(SET);
        hearsNothing(one);
        recovery[8 + 3] = (byte) 0x80;
        select(one, recovery, false);
        heard(two);
        bench.unit().spaceWatch().look();
        reached(one);
        reached(two);
    }

    @Test
    void aThresholdThatIsSetAnewIsToldAnew() {
        arm(AVAILABLE, 4, false);
        available(SET);
        reached(one);
        reached(two);
        arm(AVAILABLE, 5, false);
        bench.unit().spaceWatch().look();
        reached(one);
    }

    @Test
    void theAdministratorsKeyIsTheDefaultAndWarnsToo() {
        bench = Bench.of(store, Bench.settings("disk").withSpaceThreshold(4 * SET));
        one = bench.initiator("one");
        assertEquals("8001000000000004", HexFormat.of().formatHex(page(one, 0x1C, 0x02, 2), 24, 32));
        available(4 * SET + 1);
        assertFalse(bench.unit().status().space().low());
        available(4 * SET);
        assertTrue(bench.unit().status().space().low());
        hearsNothing(one);
        available(SET);
        reached(one);
        bench.unit().change(Bench.settings("disk").withSpaceThreshold(0));
        assertEquals(Optional.of(SenseCode.MODE_PARAMETERS_CHANGED), heard(one));
        assertFalse(bench.unit().status().space().low());
    }

    @Test
    void whatWasSavedIsArmedAfterALossOfPower() {
        byte[] list = page(one, 0x1C, 0x02, 0);
        list[8 + AVAILABLE] |= (byte) 0x80;
        ByteBuffer.wrap(list).putInt(8 + AVAILABLE + 4, 4);
        select(one, list, true);
        bench = bench.afterPowerLoss(store);
        one = bench.initiator("one");
        available(SET);
        reached(one);
    }

    @Test
    void anotherArmingIsRefusedAtItsByte() {
        byte[] list = page(one, 0x1C, 0x02, 0);
        list[8 + USED] &= (byte) ~1;
        assertEquals("list 32.2", select(one, list, false).pointer());
        byte[] resource = page(one, 0x1C, 0x02, 0);
        resource[8 + AVAILABLE + 1] = 2;
        assertEquals("list 25.7", select(one, resource, false).pointer());
    }

    @Test
    void whereNothingIsToldOfResourcesThereIsNothingOfThresholds() {
        for (Capability missing : List.of(Capability.SPACE, Capability.UNMAP)) {
            ArrayBackend silent =
                    new ArrayBackend(CAPACITY, Bench.BLOCK_BYTES, EnumSet.complementOf(EnumSet.of(missing)));
            Bench other = Bench.of(silent, Bench.settings("disk").withSpaceThreshold(4 * SET));
            Initiator host = other.initiator();
            assertEquals(0, host.read(8, 0x12, 1, 0xB2, 0, 8, 0).data()[4]);
            assertEquals("010a0000", HexFormat.of().formatHex(page(host, 0x01, 0, 0), 8, 12));
            assertEquals(
                    SenseCode.INVALID_FIELD_IN_CDB,
                    host.read(255, 0x5A, 8, 0x1C, 0x02, 0, 0, 0, 0, 255, 0).code());
            silent.takenByOthers(CAPACITY - SET);
            other.unit().spaceWatch().look();
            hearsNothing(host);
        }
    }

    @Test
    void aStoreThatTellsInThePlaceOfOneThatDoesNotIsOtherInquiryData() {
        ArrayBackend silent =
                new ArrayBackend(CAPACITY, Bench.BLOCK_BYTES, EnumSet.complementOf(EnumSet.of(Capability.SPACE)));
        bench.detach(store);
        bench.attach(silent);
        assertEquals(Optional.of(SenseCode.INQUIRY_DATA_HAS_CHANGED), heard(one));
    }
}
