package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.AccessTransition;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;

/**
 * Which commands are done in which asymmetric access state: SPC-4 5.15.2.4, written down from there by operation code and service
 * action, each command of the command table in each state, of a disk and of a CD/DVD unit.
 */
class AccessStateTableTest {
    private static final int ANY = -1;

    /** INQUIRY, REPORT LUNS, REPORT TARGET PORT GROUPS, REQUEST SENSE, READ BUFFER, WRITE BUFFER. */
    private static final Set<Integer> ALWAYS =
            Set.of(key(0x12, ANY), key(0xA0, ANY), key(0xA3, 0x0A), key(0x03, ANY), key(0x3C, ANY), key(0x3B, ANY));

    /** LOG, MODE, diagnostics, PERSISTENT RESERVE; capacity and REPORT SUPPORTED, which are left to us. */
    private static final Set<Integer> STANDBY_TOO = Set.of(
            key(0x4C, ANY),
            key(0x4D, ANY),
            key(0x15, ANY),
            key(0x55, ANY),
            key(0x1A, ANY),
            key(0x5A, ANY),
            key(0x1C, ANY),
            key(0x1D, ANY),
            key(0x5E, ANY),
            key(0x5F, ANY),
            key(0x25, ANY),
            key(0x9E, 0x10),
            key(0xA3, 0x0C),
            key(0xA3, 0x0D));

    private static final int SET_TARGET_PORT_GROUPS = key(0xA4, 0x0A);

    private static final Map<AccessState, SenseCode> REFUSALS = Map.of(
            AccessState.STANDBY, SenseCode.TARGET_PORT_IN_STANDBY_STATE,
            AccessState.UNAVAILABLE, SenseCode.TARGET_PORT_IN_UNAVAILABLE_STATE,
            AccessState.TRANSITIONING, SenseCode.ASYMMETRIC_ACCESS_STATE_TRANSITION);

    private static int key(int opcode, int action) {
        return opcode << 8 | action & 0xFF;
    }

    private static boolean names(Set<Integer> rows, Command command) {
        return rows.contains(key(command.opcode(), ANY))
                || rows.contains(key(command.opcode(), command.serviceAction().orElse(ANY)));
    }

    private static boolean isDone(Command command, AccessState state) {
        boolean sets = names(Set.of(SET_TARGET_PORT_GROUPS), command);
        return switch (state) {
            case ACTIVE_OPTIMIZED, ACTIVE_NON_OPTIMIZED -> true;
            case STANDBY -> names(ALWAYS, command) || names(STANDBY_TOO, command) || sets;
            case UNAVAILABLE -> names(ALWAYS, command) || sets;
            case TRANSITIONING -> names(ALWAYS, command);
        };
    }

    /** A unit in a state, which the initiator has heard of. */
    private static Initiator initiator(Bench bench, AccessState state) {
        Initiator initiator = bench.initiator();
        if (state == AccessState.TRANSITIONING) {
            LunAccess access = bench.access(initiator);
            Optional<AccessTransition> transition = bench.unit().accessStates().begin(access);
            assertTrue(transition.isPresent());
        } else {
            bench.target().accessState(state);
            initiator.read(18, 0x03, 0, 0, 0, 18, 0);
        }
        return initiator;
    }

    private static void hold(Command command, AccessState state, Bench bench) {
        Initiator initiator = initiator(bench, state);
        Answer answer = initiator.read(
                0, command.opcode(), command.serviceAction().orElse(0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        boolean refused = answer.status() == ScsiStatus.CHECK_CONDITION && answer.code() == REFUSALS.get(state);
        assertEquals(isDone(command, state), !refused, command.name() + " while " + state);
    }

    @ParameterizedTest
    @EnumSource
    void eachCommandIsDoneInTheStatesThatTheStandardSays(AccessState state) {
        for (Command command : CommandTable.STANDARD.rows()) {
            Bench disk = Bench.removable(Bench.backend());
            Bench cdrom = Bench.cdrom(Bench.backend());
            if (command.isSupportedBy(disk.unit())) {
                hold(command, state, disk);
            }
            if (command.isSupportedBy(cdrom.unit())) {
                hold(command, state, cdrom);
            }
        }
    }
}
