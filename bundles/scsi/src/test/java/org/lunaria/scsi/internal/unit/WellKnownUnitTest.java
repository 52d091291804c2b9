package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;

/** The REPORT LUNS well known logical unit (SPC-4 8.3). */
class WellKnownUnitTest {
    private static final int LUN = 0xC101;
    private static final String ENCODED = "c101000000000000";
    private static final String LUN_0 = "0000000000000000";

    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator();

    private static String luns(Initiator by, int lun, int select) {
        Answer answer = by.onLun(lun, 256, 0xA0, 0, select, 0, 0, 0, 0, 0, 1, 0, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        return HexFormat.of().formatHex(answer.data(), 8, answer.data().length);
    }

    private static byte[] inquiry(Initiator by, int evpd, int page) {
        Answer answer = by.onLun(LUN, 1024, 0x12, evpd, page, 4, 0, 0);
        assertEquals(ScsiStatus.GOOD, answer.status());
        return answer.data();
    }

    /** What TEST UNIT READY says. */
    private static SenseCode heard(Initiator by) {
        Answer answer = by.onLun(LUN, 0, 0x00);
        return answer.status() == ScsiStatus.GOOD ? SenseCode.NO_ADDITIONAL_SENSE_INFORMATION : answer.code();
    }

    @Test
    void itIsListedWhereItIsAskedForOnly() {
        for (int lun : new int[] {0, LUN}) {
            assertEquals(LUN_0, luns(initiator, lun, 0));
            assertEquals(ENCODED, luns(initiator, lun, 1));
            assertEquals(LUN_0 + ENCODED, luns(initiator, lun, 2));
        }
    }

    @Test
    void anInitiatorThatSeesNoUnitHasItToo() {
        Initiator masked = bench.newInitiator("masked", () -> new LunMap(Map.of()));
        assertEquals("", luns(masked, LUN, 0));
        assertEquals(ENCODED, luns(masked, LUN, 2));
    }

    @Test
    void itSaysThatItIsAWellKnownUnitOfTheTarget() {
        byte[] data = inquiry(initiator, 0, 0);
        assertEquals(0x1E, data[0]);
        assertEquals(6, data[2]);
        assertEquals(0, data[5]);
        assertEquals("LUNARIA REPORT LUNS         ", new String(data, 8, 28, StandardCharsets.US_ASCII));
        assertEquals("00a004600000", HexFormat.of().formatHex(data, 58, 64));
        assertEquals("1e000003008388", HexFormat.of().formatHex(inquiry(initiator, 1, 0)));
        byte[] ports = initiator.read(1024, 0x12, 1, 0x88, 4, 0, 0).data();
        ports[0] = 0x1E;
        assertArrayEquals(ports, inquiry(initiator, 1, 0x88));
    }

    @Test
    void itIsIdentifiedByTheTarget() {
        byte[] page = inquiry(initiator, 1, 0x83);
        assertEquals(page.length - 4, page[3]);
        for (int at = 4; at < page.length; at += 4 + page[at + 3]) {
            assertTrue((page[at + 1] & 0x30) != 0, "a designator of a unit");
        }
        assertTrue(new String(page, StandardCharsets.US_ASCII).endsWith("iqn.2026-11.example:target\0\0"));
    }

    @Test
    void otherPagesAreRefused() {
        Answer answer = initiator.onLun(LUN, 255, 0x12, 1, 0x80, 0, 255, 0);
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, answer.code());
        assertEquals("CDB 2.7", answer.pointer());
    }

    @Test
    void itHasFourCommandsAndNoOther() {
        heard(initiator);
        for (Command command : CommandTable.STANDARD.rows()) {
            Answer answer = initiator.onLun(
                    LUN, 0, command.opcode(), command.serviceAction().orElse(0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            if (Set.of(0x00, 0x03, 0x12, 0xA0).contains(command.opcode())) {
                assertEquals(ScsiStatus.GOOD, answer.status(), command.name());
            } else {
                assertEquals(SenseCode.INVALID_COMMAND_OPERATION_CODE, answer.code(), command.name());
                assertEquals("CDB 0.7", answer.pointer(), command.name());
            }
        }
    }

    @Test
    void reservedBitsAndAcaAreRefused() {
        heard(initiator);
        assertEquals("CDB 1.7", initiator.onLun(LUN, 0, 0x00, 0x80, 0, 0, 0, 0).pointer());
        Answer aca = initiator
                .send((long) LUN << 48, TaskAttribute.ACA, new ArrayTransfer(new byte[0], 0, false), 0x00)
                .answer();
        assertEquals(SenseCode.INVALID_MESSAGE_ERROR, aca.code());
    }

    @Test
    void itTellsOnceThatItIsNewAndWhenOtherUnitsAreSeen() {
        assertEquals(SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED, heard(initiator));
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(initiator));
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("disk", false))));
        assertEquals(SenseCode.REPORTED_LUNS_DATA_HAS_CHANGED, heard(initiator));
        bench.map(new LunMap(Map.of(0, new Mapping("disk", false))));
        luns(initiator, LUN, 0);
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(initiator));
    }

    @Test
    void requestSenseBringsWhatIsPending() {
        byte[] sense = initiator.onLun(LUN, 18, 0x03, 0, 0, 0, 18, 0).data();
        assertEquals(6, sense[2]);
        assertEquals(0x29, sense[12]);
        assertEquals(0, initiator.onLun(LUN, 18, 0x03, 0, 0, 0, 18, 0).data()[2]);
    }

    @Test
    void itIsResetForAllAndNobodyElseIs() {
        Initiator other = bench.initiator("other");
        heard(initiator);
        heard(other);
        assertEquals(
                Response.FUNCTION_COMPLETE,
                initiator.manage(Function.LOGICAL_UNIT_RESET, LUN, 0).response().orElseThrow());
        assertEquals(SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, heard(initiator));
        assertEquals(SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, heard(other));
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
        initiator.manage(Function.LOGICAL_UNIT_RESET, 0);
        assertEquals(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION, heard(initiator));
        initiator.manage(Function.TARGET_RESET, 0);
        assertEquals(SenseCode.BUS_DEVICE_RESET_FUNCTION_OCCURRED, heard(initiator));
        initiator.manage(Function.I_T_NEXUS_RESET, 0);
        assertEquals(SenseCode.I_T_NEXUS_LOSS_OCCURRED, heard(initiator));
    }

    @Test
    void ofItsTasksNoneIsThereToManage() {
        Map<Function, Response> expected = Map.of(
                Function.ABORT_TASK, Response.TASK_DOES_NOT_EXIST,
                Function.ABORT_TASK_SET, Response.FUNCTION_COMPLETE,
                Function.CLEAR_TASK_SET, Response.FUNCTION_COMPLETE,
                Function.QUERY_TASK, Response.FUNCTION_COMPLETE,
                Function.QUERY_TASK_SET, Response.FUNCTION_COMPLETE,
                Function.CLEAR_ACA, Response.FUNCTION_REJECTED,
                Function.QUERY_ASYNCHRONOUS_EVENT, Response.succeeded(0x162900));
        expected.forEach((function, response) -> assertEquals(
                response, initiator.manage(function, LUN, 1).response().orElseThrow(), function.name()));
        heard(initiator);
        assertEquals(
                Response.FUNCTION_COMPLETE,
                initiator
                        .manage(Function.QUERY_ASYNCHRONOUS_EVENT, LUN, 0)
                        .response()
                        .orElseThrow());
    }

    @Test
    void otherWellKnownUnitsAreNotThere() {
        Answer answer = initiator.onLun(0xC102, 36, 0x12, 0, 0, 0, 36, 0);
        assertEquals(0x7F, answer.data()[0]);
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_SUPPORTED,
                initiator.onLun(0xC104, 0, 0x00).code());
        assertFalse(bench.target().hasDescriptorSense(initiator.nexus(), (long) LUN << 48));
    }
}
