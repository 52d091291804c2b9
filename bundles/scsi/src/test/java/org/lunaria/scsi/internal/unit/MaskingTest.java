package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Initiators that see different things of one target: LUN 0 is a disk, LUN 1 another. */
class MaskingTest {
    private static final Mapping DISK = new Mapping("disk", false);
    private static final Mapping OTHER = new Mapping("other", false);
    private static final Mapping DISK_READ_ONLY = new Mapping("disk", true);

    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(slow);
    private LunMap seen = new LunMap(Map.of(0, DISK));
    private final Initiator all;
    private final Initiator masked;

    MaskingTest() {
        slow.letThrough(true);
        LogicalUnit other = bench.engine().unit(Bench.settings("other"));
        assertEquals(Optional.empty(), bench.engine().add(other));
        other.slot().attach(Bench.backend());
        bench.map(new LunMap(Map.of(0, DISK, 1, OTHER)));
        all = bench.initiator("all");
        masked = bench.newInitiator("masked", () -> seen).ready();
        while (all.onLun(1, 0, 0x00).status() != ScsiStatus.GOOD) {
            // It hears the unit attentions of LUN 1 too.
        }
    }

    private void see(Map<Integer, Mapping> units) {
        seen = new LunMap(units);
        bench.target().remap();
    }

    private static String luns(Initiator initiator) {
        Answer answer = initiator.read(64, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0);
        return HexFormat.of().formatHex(answer.data());
    }

    private static SenseCode write(Initiator initiator) {
        return initiator.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0).code();
    }

    private static int modeSenseSpecific(Initiator initiator) {
        return initiator.read(64, 0x1A, 0, 0x3F, 0, 64, 0).data()[2] & 0xFF;
    }

    @Test
    void eachIsToldWhatItSees() {
        assertEquals("0000001000000000" + "0000000000000000" + "0001000000000000", luns(all));
        assertEquals("0000000800000000" + "0000000000000000", luns(masked));
    }

    @Test
    void aMaskedUnitIsNoneForInquiry() {
        assertEquals(0x7F, masked.onLun(1, 36, 0x12, 0, 0, 0, 36, 0).data()[0]);
        assertEquals(0x00, all.onLun(1, 36, 0x12, 0, 0, 0, 36, 0).data()[0]);
        assertEquals(
                SenseCode.INVALID_FIELD_IN_CDB,
                masked.onLun(1, 255, 0x12, 1, 0x83, 0, 255, 0).code());
    }

    @Test
    void aMaskedUnitTakesNoCommands() {
        for (int[] cdb : new int[][] {
            {0x00, 0, 0, 0, 0, 0}, {0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0}, {0x1A, 0, 0x3F, 0, 64, 0}, {0xEE, 0, 0, 0, 0, 0}
        }) {
            assertEquals(
                    SenseCode.LOGICAL_UNIT_NOT_SUPPORTED,
                    masked.onLun(1, 512, cdb).code());
        }
        assertEquals(
                ScsiStatus.GOOD,
                all.onLun(1, 512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).status());
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLEAR_ACA", "TARGET_RESET", "I_T_NEXUS_RESET"})
    void aMaskedUnitIsNoneForTaskManagement(Function function) {
        assertEquals(
                Optional.of(Response.INCORRECT_LOGICAL_UNIT_NUMBER),
                masked.manage(function, 1, 1).response());
    }

    @Test
    void aTargetResetLeavesUnitsAloneThatItsInitiatorDoesNotSee() {
        masked.manage(Function.TARGET_RESET, 0);
        assertEquals(ScsiStatus.GOOD, all.onLun(1, 0, 0x00).status());
        assertEquals(
                SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, all.command(0x00).code());
    }

    @Test
    void readOnlyIsForTheOneWhoseMapSaysSo() {
        see(Map.of(0, DISK_READ_ONLY));
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, masked.command(0x00).code());
        assertEquals(ScsiStatus.GOOD, masked.command(0x00).status());
        assertEquals(SenseCode.WRITE_PROTECTED, write(masked));
        assertEquals(0x80, modeSenseSpecific(masked) & 0x80);
        assertEquals(ScsiStatus.GOOD, all.command(0x00).status());
        assertEquals(
                ScsiStatus.GOOD,
                all.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0).status());
        assertEquals(0, modeSenseSpecific(all) & 0x80);
        see(Map.of(0, DISK));
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, masked.command(0x00).code());
        assertEquals(0, modeSenseSpecific(masked) & 0x80);
    }

    @Test
    void onlyWhoSeesOtherUnitsThanBeforeHearsOfIt() {
        see(Map.of(0, DISK, 1, OTHER));
        assertEquals(
                SenseCode.REPORTED_LUNS_DATA_HAS_CHANGED, masked.command(0x00).code());
        assertEquals(ScsiStatus.GOOD, masked.command(0x00).status());
        assertEquals(ScsiStatus.GOOD, all.command(0x00).status());
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                masked.onLun(1, 0, 0x00).code());
        see(Map.of(0, DISK));
        assertEquals(
                SenseCode.REPORTED_LUNS_DATA_HAS_CHANGED, masked.command(0x00).code());
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_SUPPORTED, masked.onLun(1, 0, 0x00).code());
        assertEquals(ScsiStatus.GOOD, all.command(0x00).status());
        assertEquals(ScsiStatus.GOOD, all.onLun(1, 0, 0x00).status());
    }

    @Test
    void whatChangesNothingIsNotHeardOf() {
        bench.target().remap();
        assertEquals(ScsiStatus.GOOD, masked.command(0x00).status());
        assertEquals(ScsiStatus.GOOD, all.command(0x00).status());
    }

    @Test
    void whatOthersDoToAMaskedUnitIsNotHeardOf() {
        all.manage(Function.LOGICAL_UNIT_RESET, 1, 0);
        assertEquals(ScsiStatus.GOOD, masked.command(0x00).status());
    }

    @Test
    void aUnitThatIsMaskedTakesTheTasksWithItOfThisInitiatorOnly() {
        slow.letThrough(false);
        Sent of = masked.beginRead(TaskAttribute.SIMPLE);
        Sent notOf = all.beginRead(TaskAttribute.SIMPLE);
        see(Map.of(1, OTHER));
        slow.releaseAll();
        assertFalse(of.isAnswered());
        assertTrue(of.transfer().isCancelled());
        assertEquals(ScsiStatus.GOOD, notOf.answer().result().status());
        assertEquals("0000000800000000" + "0001000000000000", luns(masked));
    }

    @Test
    void whoSeesNothingIsToldThatThereIsNothing() {
        see(Map.of());
        assertEquals("0000000000000000", luns(masked));
        assertEquals(SenseCode.LOGICAL_UNIT_NOT_SUPPORTED, masked.command(0x00).code());
    }

    @Test
    void whoComesBackSeesWhatItsMapSaysThen() {
        masked.leave();
        seen = new LunMap(Map.of(1, OTHER));
        masked.returnAgain();
        assertEquals("0000000800000000" + "0001000000000000", luns(masked));
    }
}
