package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;
import org.lunaria.scsi.internal.reservation.ReservationType;

/**
 * Which commands are done while another nexus holds a reservation: SPC-4 table 65 and SBC-4 table 13, each command of the
 * command table under each type, of a disk and of a CD/DVD unit, whose own commands no table has, for the holder, a registrant and a stranger; and SPC-2 table 10 for RESERVE.
 */
class ReservationTableTest {
    /** Columns: Write Exclusive, Exclusive Access, registered (RO and AR), not registered under WE-RR, under EA-RR. */
    private static final String ALWAYS = "A A A A A";

    private static final String READ = "A C A A C";
    private static final String CHANGE = "C C A C C";

    /** Name to the standards' row, and whether another nexus' RESERVE conflicts; written down from them. */
    private static final Map<String, String> ROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("TEST UNIT READY", ALWAYS + " C"),
            Map.entry("REQUEST SENSE", ALWAYS + " A"),
            Map.entry("INQUIRY", ALWAYS + " A"),
            Map.entry("REPORT LUNS", ALWAYS + " A"),
            Map.entry("READ CAPACITY (10)", ALWAYS + " A"),
            Map.entry("READ CAPACITY (16)", ALWAYS + " A"),
            Map.entry("READ (6)", READ + " C"),
            Map.entry("READ (10)", READ + " C"),
            Map.entry("READ (12)", READ + " C"),
            Map.entry("READ (16)", READ + " C"),
            Map.entry("VERIFY (10)", READ + " C"),
            Map.entry("VERIFY (12)", READ + " C"),
            Map.entry("VERIFY (16)", READ + " C"),
            Map.entry("GET LBA STATUS", READ + " C"),
            Map.entry("PRE-FETCH (10)", READ + " C"),
            Map.entry("PRE-FETCH (16)", READ + " C"),
            Map.entry("READ DEFECT DATA (10)", READ + " C"),
            Map.entry("READ DEFECT DATA (12)", READ + " C"),
            Map.entry("MODE SENSE (6)", READ + " C"),
            Map.entry("MODE SENSE (10)", READ + " C"),
            Map.entry("REPORT SUPPORTED OPERATION CODES", READ + " C"),
            Map.entry("REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS", READ + " C"),
            Map.entry("WRITE (6)", CHANGE + " C"),
            Map.entry("WRITE (10)", CHANGE + " C"),
            Map.entry("WRITE (12)", CHANGE + " C"),
            Map.entry("WRITE (16)", CHANGE + " C"),
            Map.entry("WRITE SAME (10)", CHANGE + " C"),
            Map.entry("WRITE SAME (16)", CHANGE + " C"),
            Map.entry("WRITE AND VERIFY (10)", CHANGE + " C"),
            Map.entry("WRITE AND VERIFY (12)", CHANGE + " C"),
            Map.entry("WRITE AND VERIFY (16)", CHANGE + " C"),
            Map.entry("COMPARE AND WRITE", CHANGE + " C"),
            Map.entry("WRITE ATOMIC (16)", CHANGE + " C"),
            Map.entry("ORWRITE (16)", CHANGE + " C"),
            Map.entry("UNMAP", CHANGE + " C"),
            Map.entry("FORMAT UNIT", CHANGE + " C"),
            Map.entry("SANITIZE OVERWRITE", CHANGE + " C"),
            Map.entry("SANITIZE BLOCK ERASE", CHANGE + " C"),
            Map.entry("SANITIZE EXIT FAILURE MODE", CHANGE + " C"),
            Map.entry("SYNCHRONIZE CACHE (10)", CHANGE + " C"),
            Map.entry("SYNCHRONIZE CACHE (16)", CHANGE + " C"),
            Map.entry("EXTENDED COPY(LID1)", CHANGE + " C"),
            Map.entry("EXTENDED COPY(LID4)", CHANGE + " C"),
            Map.entry("POPULATE TOKEN", READ + " C"),
            Map.entry("WRITE USING TOKEN", CHANGE + " C"),
            Map.entry("RECEIVE ROD TOKEN INFORMATION", CHANGE + " C"),
            Map.entry("COPY OPERATION ABORT", CHANGE + " C"),
            Map.entry("RECEIVE COPY STATUS(LID1)", CHANGE + " C"),
            Map.entry("RECEIVE COPY DATA(LID1)", CHANGE + " C"),
            Map.entry("RECEIVE COPY OPERATING PARAMETERS", CHANGE + " C"),
            Map.entry("RECEIVE COPY FAILURE DETAILS(LID1)", CHANGE + " C"),
            Map.entry("RECEIVE COPY STATUS(LID4)", CHANGE + " C"),
            Map.entry("REPORT IDENTIFYING INFORMATION", ALWAYS + " A"),
            Map.entry("LOG SELECT", CHANGE + " C"),
            Map.entry("LOG SENSE", ALWAYS + " A"),
            Map.entry("REPORT TIMESTAMP", ALWAYS + " A"),
            Map.entry("REPORT TARGET PORT GROUPS", ALWAYS + " A"),
            Map.entry("SET TARGET PORT GROUPS", CHANGE + " C"),
            Map.entry("SET IDENTIFYING INFORMATION", CHANGE + " C"),
            Map.entry("SET TIMESTAMP", CHANGE + " C"),
            Map.entry("MODE SELECT (6)", CHANGE + " C"),
            Map.entry("MODE SELECT (10)", CHANGE + " C"),
            Map.entry("START STOP UNIT", CHANGE + " C"),
            Map.entry("START STOP UNIT that starts", ALWAYS + " A"),
            Map.entry("READ BUFFER (10)", READ + " C"),
            Map.entry("WRITE BUFFER", CHANGE + " C"),
            Map.entry("RECEIVE DIAGNOSTIC RESULTS", READ + " C"),
            Map.entry("SEND DIAGNOSTIC", CHANGE + " C"),
            Map.entry("READ TOC/PMA/ATIP", READ + " C"),
            Map.entry("READ DISC INFORMATION", READ + " C"),
            Map.entry("READ TRACK INFORMATION", READ + " C"),
            Map.entry("READ DISC STRUCTURE", READ + " C"),
            Map.entry("READ CD", READ + " C"),
            Map.entry("READ CD MSF", READ + " C"),
            Map.entry("GET CONFIGURATION", ALWAYS + " A"),
            Map.entry("GET EVENT STATUS NOTIFICATION", ALWAYS + " A"),
            Map.entry("MECHANISM STATUS", ALWAYS + " A"),
            Map.entry("PREVENT ALLOW MEDIUM REMOVAL", ALWAYS + " A"),
            Map.entry("PREVENT ALLOW MEDIUM REMOVAL that prevents", CHANGE + " C")));

    private Bench bench;
    private Initiator holder;
    private Initiator registrant;
    private Initiator stranger;

    private void use(Bench unit) {
        bench = unit;
        holder = bench.initiator("holder");
        registrant = bench.initiator("registrant");
        stranger = bench.initiator("stranger");
    }

    /** Commands of the table, with no bit set but the one that makes the difference, by name. */
    private Map<String, int[]> commands() {
        Map<String, int[]> commands = new TreeMap<>();
        for (Command command : CommandTable.STANDARD.rows()) {
            int opcode = command.opcode();
            boolean looksItself = Arrays.stream(new int[] {0x16, 0x17, 0x56, 0x57, 0x5E, 0x5F})
                    .anyMatch(own -> own == opcode);
            if (looksItself || !command.isSupportedBy(bench.unit())) {
                continue;
            }
            commands.put(
                    command.name(), new int[] {opcode, command.serviceAction().orElse(0), 0, 0, 0, 0});
            if (opcode == 0x1B) {
                commands.put(command.name() + " that starts", new int[] {opcode, 0, 0, 0, 1, 0});
            } else if (opcode == 0x1E) {
                commands.put(command.name() + " that prevents", new int[] {opcode, 0, 0, 0, 1, 0});
            }
        }
        return commands;
    }

    /** Those that the unit has. */
    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>(ROWS);
        rows.keySet().retainAll(commands().keySet());
        return rows;
    }

    @Test
    void eachRowIsOfACommand() {
        Set<String> names = new TreeSet<>();
        for (Bench unit : List.of(Bench.removable(Bench.backend()), Bench.cdrom(Bench.backend()))) {
            use(unit);
            names.addAll(commands().keySet());
        }
        assertEquals(ROWS.keySet(), names);
    }

    private static String does(Initiator by, int[] cdb) {
        boolean conflicts = by.begin(TaskAttribute.HEAD_OF_QUEUE, new ArrayTransfer(new byte[0], 0, false), cdb)
                        .answer()
                        .status()
                == ScsiStatus.RESERVATION_CONFLICT;
        by.command(0x1E, 0, 0, 0, 0, 0);
        by.command(0x1B, 0, 0, 0, 1, 0);
        return conflicts ? "C" : "A";
    }

    private void makeReservation(ReservationType type) {
        clear(holder, 1);
        registrant.ready();
        register(holder, 0, 1);
        register(registrant, 0, 2);
        assertEquals(ScsiStatus.GOOD, reserve(holder, 1, type).status());
    }

    @Test
    void eachCommandUnderEachTypeIsAsInTheStandards() {
        use(Bench.removable(Bench.backend()));
        compareEachType();
        use(Bench.cdrom(Bench.backend()));
        compareEachType();
    }

    private void compareEachType() {
        Map<String, StringBuilder> actual = new TreeMap<>();
        for (ReservationType type : ReservationType.values()) {
            makeReservation(type);
            commands().forEach((name, cdb) -> {
                StringBuilder row = actual.computeIfAbsent(name, unused -> new StringBuilder());
                assertEquals("A", does(holder, cdb), name + " " + type);
                row.append(type.name(), 0, 5)
                        .append(type.admitsRegistrants() ? "-RR " : " ")
                        .append(does(registrant, cdb))
                        .append(does(stranger, cdb))
                        .append(' ');
            });
        }
        Map<String, String> expected = new TreeMap<>();
        rows().forEach((name, row) -> {
            String[] column = row.split(" ");
            String writeRegistrants = "WRITE-RR " + column[2] + column[3] + " ";
            String accessRegistrants = "EXCLU-RR " + column[2] + column[4] + " ";
            expected.put(
                    name,
                    "WRITE " + column[0] + column[0] + " EXCLU " + column[1] + column[1] + " " + writeRegistrants
                            + accessRegistrants + writeRegistrants + accessRegistrants);
        });
        Map<String, String> rows = new TreeMap<>();
        actual.forEach((name, row) -> rows.put(name, row.toString()));
        assertEquals(expected, rows);
    }

    @Test
    void eachCommandWhileAnotherHasReservedIsAsInSpc2() {
        use(Bench.removable(Bench.backend()));
        compareReserved();
        use(Bench.cdrom(Bench.backend()));
        compareReserved();
    }

    private void compareReserved() {
        assertEquals(ScsiStatus.GOOD, holder.command(0x16).status());
        Map<String, String> actual = new TreeMap<>();
        commands().forEach((name, cdb) -> {
            assertEquals("A", does(holder, cdb), name);
            actual.put(name, does(stranger, cdb));
        });
        Map<String, String> expected = new TreeMap<>();
        rows().forEach((name, row) -> expected.put(name, row.substring(row.length() - 1)));
        assertEquals(expected, actual);
    }
}
