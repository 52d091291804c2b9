package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.internal.page.FieldPointer;

/** The rows, held against SPC-4 and SBC-3. */
class CommandTableTest {

    /** Name to CDB usage data, written down from the standards' CDB tables. */
    private static final Map<String, String> USAGE = new TreeMap<>(Map.ofEntries(
            Map.entry("TEST UNIT READY", "000000000000"),
            Map.entry("REQUEST SENSE", "03010000ff00"),
            Map.entry("READ (6)", "081fffffff00"),
            Map.entry("WRITE (6)", "0a1fffffff00"),
            Map.entry("INQUIRY", "1201ffffff00"),
            Map.entry("RESERVE (6)", "160000000000"),
            Map.entry("RELEASE (6)", "170000000000"),
            Map.entry("RESERVE (10)", "56000000000000000000"),
            Map.entry("RELEASE (10)", "57000000000000000000"),
            Map.entry("PERSISTENT RESERVE IN, READ KEYS", "5e000000000000ffff00"),
            Map.entry("PERSISTENT RESERVE IN, READ RESERVATION", "5e010000000000ffff00"),
            Map.entry("PERSISTENT RESERVE IN, REPORT CAPABILITIES", "5e020000000000ffff00"),
            Map.entry("PERSISTENT RESERVE IN, READ FULL STATUS", "5e030000000000ffff00"),
            Map.entry("PERSISTENT RESERVE OUT, REGISTER", "5f00ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, RESERVE", "5f01ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, RELEASE", "5f02ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, CLEAR", "5f03ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, PREEMPT", "5f04ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, PREEMPT AND ABORT", "5f05ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, REGISTER AND IGNORE EXISTING KEY", "5f06ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, REGISTER AND MOVE", "5f07ff0000ffffffff00"),
            Map.entry("PERSISTENT RESERVE OUT, REPLACE LOST RESERVATION", "5f08ff0000ffffffff00"),
            Map.entry("REPORT IDENTIFYING INFORMATION", "a30500000000fffffffffe00"),
            Map.entry("REPORT TARGET PORT GROUPS", "a3ea00000000ffffffff0000"),
            Map.entry("LOG SELECT", "4c02ffff000000ffff00"),
            Map.entry("LOG SENSE", "4d00ffff00ffffffff00"),
            Map.entry("REPORT TIMESTAMP", "a30f00000000ffffffff0000"),
            Map.entry("SET IDENTIFYING INFORMATION", "a40600000000fffffffffe00"),
            Map.entry("SET TARGET PORT GROUPS", "a40a00000000ffffffff0000"),
            Map.entry("SET TIMESTAMP", "a40f00000000ffffffff0000"),
            Map.entry("MODE SELECT (6)", "15110000ff00"),
            Map.entry("MODE SELECT (10)", "55110000000000ffff00"),
            Map.entry("MODE SENSE (6)", "1a08ffffff00"),
            Map.entry("START STOP UNIT", "1b0100000700"),
            Map.entry("PREVENT ALLOW MEDIUM REMOVAL", "1e0000000300"),
            Map.entry("READ CAPACITY (10)", "25000000000000000000"),
            Map.entry("READ (10)", "2818ffffffff00ffff00"),
            Map.entry("WRITE (10)", "2a18ffffffff00ffff00"),
            Map.entry("WRITE AND VERIFY (10)", "2e16ffffffff00ffff00"),
            Map.entry("VERIFY (10)", "2f16ffffffff00ffff00"),
            Map.entry("PRE-FETCH (10)", "3402ffffffff1fffff00"),
            Map.entry("SYNCHRONIZE CACHE (10)", "3506ffffffff00ffff00"),
            Map.entry("READ DEFECT DATA (10)", "37001f00000000ffff00"),
            Map.entry("READ DEFECT DATA (12)", "b71fffffffffffffffff0000"),
            Map.entry("WRITE SAME (10)", "4108ffffffff00ffff00"),
            Map.entry("FORMAT UNIT", "043f00000000"),
            Map.entry("SANITIZE OVERWRITE", "48a10000000000ffff00"),
            Map.entry("SANITIZE BLOCK ERASE", "48a20000000000ffff00"),
            Map.entry("SANITIZE EXIT FAILURE MODE", "48bf0000000000ffff00"),
            Map.entry("UNMAP", "42000000000000ffff00"),
            Map.entry("MODE SENSE (10)", "5a18ffff000000ffff00"),
            Map.entry("READ TOC/PMA/ATIP", "43020f000000ffffffc0"),
            Map.entry("GET CONFIGURATION", "4603ffff000000ffff00"),
            Map.entry("GET EVENT STATUS NOTIFICATION", "4a010000ff0000ffff00"),
            Map.entry("READ DISC INFORMATION", "51070000000000ffff00"),
            Map.entry("READ TRACK INFORMATION", "5203ffffffff00ffff00"),
            Map.entry("READ DISC STRUCTURE", "ad0f00000000ffffffff0000"),
            Map.entry("READ CD MSF", "b91c00ffffffffffff100000"),
            Map.entry("MECHANISM STATUS", "bd00000000000000ffff0000"),
            Map.entry("READ CD", "be1cffffffffffffff100000"),
            Map.entry("WRITE BUFFER", "3b1fffffffffffffff00"),
            Map.entry("READ BUFFER (10)", "3c1fffffffffffffff00"),
            Map.entry("RECEIVE DIAGNOSTIC RESULTS", "1c01ffffff00"),
            Map.entry("SEND DIAGNOSTIC", "1df700ffff00"),
            Map.entry("READ (16)", "8818ffffffffffffffffffffffff0000"),
            Map.entry("EXTENDED COPY(LID1)", "83000000000000000000ffffffff0000"),
            Map.entry("EXTENDED COPY(LID4)", "83010000000000000000ffffffff0000"),
            Map.entry("POPULATE TOKEN", "831000000000ffffffffffffffff0000"),
            Map.entry("WRITE USING TOKEN", "831100000000ffffffffffffffff0000"),
            Map.entry("RECEIVE ROD TOKEN INFORMATION", "8407ffffffff00000000ffffffff0000"),
            Map.entry("COPY OPERATION ABORT", "831cffffffff00000000000000000000"),
            Map.entry("RECEIVE COPY STATUS(LID1)", "8400ff00000000000000ffffffff0000"),
            Map.entry("RECEIVE COPY DATA(LID1)", "8401ff00000000000000ffffffff0000"),
            Map.entry("RECEIVE COPY OPERATING PARAMETERS", "84030000000000000000ffffffff0000"),
            Map.entry("RECEIVE COPY FAILURE DETAILS(LID1)", "8404ff00000000000000ffffffff0000"),
            Map.entry("RECEIVE COPY STATUS(LID4)", "8405ffffffff00000000ffffffff0000"),
            Map.entry("WRITE ATOMIC (16)", "9c18ffffffffffffffffffffffff0000"),
            Map.entry("COMPARE AND WRITE", "8918ffffffffffffffff000000ff0000"),
            Map.entry("WRITE (16)", "8a18ffffffffffffffffffffffff0000"),
            Map.entry("ORWRITE (16)", "8b18ffffffffffffffffffffffff0000"),
            Map.entry("WRITE AND VERIFY (16)", "8e16ffffffffffffffffffffffff0000"),
            Map.entry("VERIFY (16)", "8f16ffffffffffffffffffffffff0000"),
            Map.entry("PRE-FETCH (16)", "9002ffffffffffffffffffffffff1f00"),
            Map.entry("SYNCHRONIZE CACHE (16)", "9106ffffffffffffffffffffffff0000"),
            Map.entry("WRITE SAME (16)", "9309ffffffffffffffffffffffff0000"),
            Map.entry("READ CAPACITY (16)", "9e100000000000000000ffffffff0000"),
            Map.entry("GET LBA STATUS", "9e12ffffffffffffffffffffffffff00"),
            Map.entry("REPORT LUNS", "a000ff000000ffffffff0000"),
            Map.entry("REPORT SUPPORTED OPERATION CODES", "a30c87ffffffffffffff0000"),
            Map.entry("REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS", "a30d80000000ffffffff0000"),
            Map.entry("READ (12)", "a818ffffffffffffffff0000"),
            Map.entry("WRITE (12)", "aa18ffffffffffffffff0000"),
            Map.entry("WRITE AND VERIFY (12)", "ae16ffffffffffffffff0000"),
            Map.entry("VERIFY (12)", "af16ffffffffffffffff0000")));

    @Test
    void theUsageDataIsThatOfTheStandards() {
        Map<String, String> actual = new TreeMap<>();
        for (Command command : CommandTable.STANDARD.rows()) {
            actual.put(command.name(), HexFormat.of().formatHex(command.cdb().usage()));
        }
        assertEquals(USAGE, actual);
    }

    @Test
    void theLengthOfACdbIsThatOfItsGroup() {
        for (Command command : CommandTable.STANDARD.rows()) {
            int expected = switch (command.opcode() >> 5) {
                case 0 -> 6;
                case 1, 2 -> 10;
                case 4 -> 16;
                default -> 12;
            };
            assertEquals(expected, command.cdb().lengthBytes(), command.name());
        }
    }

    @Test
    void rowsAreInOrderAndFound() {
        int before = -1;
        for (Command command : CommandTable.STANDARD.rows()) {
            int key = command.opcode() << 8 | command.serviceAction().orElse(0);
            assertTrue(key > before, command.name());
            before = key;
            byte[] cdb = new byte[16];
            cdb[0] = (byte) command.opcode();
            cdb[1] = (byte) command.serviceAction().orElse(0);
            assertEquals(Optional.of(command), CommandTable.STANDARD.find(cdb));
        }
    }

    @Test
    void fieldsOfARowDoNotOverlap() {
        for (Command command : CommandTable.STANDARD.rows()) {
            byte[] taken = new byte[16];
            for (Field field : command.cdb().fields()) {
                assertEquals(0, field.place().get(taken), command.name() + " " + field.name());
                field.place().put(taken, -1);
            }
        }
    }

    @Test
    void eachBitThatIsNotEvaluatedIsPointedAt() {
        for (Command command : CommandTable.STANDARD.rows()) {
            byte[] usage = command.cdb().usage();
            for (int at = 1; at < usage.length; at++) {
                for (int bit = 0; bit < 8; bit++) {
                    boolean isAction = command.serviceAction().isPresent() && at == 1 && bit < 5;
                    if (isAction || (usage[at] >> bit & 1) != 0) {
                        continue;
                    }
                    byte[] cdb = new byte[16];
                    cdb[at] = (byte) (1 << bit);
                    FieldPointer pointer = command.violation(cdb).orElseThrow();
                    assertEquals(at, pointer.byteIndex(), command.name());
                    assertTrue(pointer.bit() >= bit, command.name());
                }
            }
        }
    }

    @Test
    void whatTakesTheMediumAwayEndsASelfTest() {
        for (Command command : CommandTable.STANDARD.rows()) {
            boolean takesIt =
                    command.name().equals("START STOP UNIT") || command.traits().contains(Trait.WAITS_FOR_NOBODY);
            assertEquals(takesIt, command.endsSelfTest(), command.name());
        }
    }

    @Test
    void evaluatedBitsMayAllBeSet() {
        for (Command command : CommandTable.STANDARD.rows()) {
            byte[] cdb = Arrays.copyOf(command.cdb().usage(), 16);
            assertFalse(command.violation(cdb).isPresent(), command.name());
        }
    }

    @Test
    void aCommandIsDescribedForTheLogByItsFields() {
        byte[] cdb = {0x28, 0x08, 0, 0, 0, 5, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0};
        Command read = CommandTable.STANDARD.find(cdb).orElseThrow();
        assertEquals("READ (10) FUA=1 LOGICAL_BLOCK_ADDRESS=5 TRANSFER_LENGTH=8", read.describe(cdb));
    }
}
