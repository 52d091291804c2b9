package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.*;
import static org.lunaria.scsi.internal.command.Trait.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lunaria.scsi.internal.reservation.Reserve;
import org.lunaria.scsi.internal.reservation.ReserveIn;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/**
 * The rows of the {@link CommandTable} that are about reservations: RESERVE and RELEASE (SPC-2 7.21 to 7.24), PERSISTENT
 * RESERVE IN and OUT (SPC-4 6.15, 6.16). They look at reservations themselves.
 */
final class ReservationCommands {
    private static final int PERSISTENT_RESERVE_IN = 0x5E;
    private static final int PERSISTENT_RESERVE_OUT = 0x5F;

    private ReservationCommands() {}

    static List<Command> rows() {
        List<Command> rows = new ArrayList<>();
        rows.add(reserve(0x16, "RESERVE (6)", 6, Reserve.RESERVE));
        rows.add(reserve(0x17, "RELEASE (6)", 6, Reserve.RELEASE));
        rows.add(reserve(0x56, "RESERVE (10)", 10, Reserve.RESERVE));
        rows.add(reserve(0x57, "RELEASE (10)", 10, Reserve.RELEASE));
        for (ReserveIn action : ReserveIn.values()) {
            rows.add(CommandTable.action(
                    PERSISTENT_RESERVE_IN,
                    action.code(),
                    "PERSISTENT RESERVE IN, " + text(action),
                    10,
                    CommandTable.AT_ONCE,
                    Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                    List.of(bits(SERVICE_ACTION, 1, 4, 5), bytes(ALLOCATION_LENGTH, 7, 2)),
                    cdb -> new PersistentReserveIn(cdb, action)));
        }
        for (ReserveOutAction action : ReserveOutAction.values()) {
            boolean replaces = action == ReserveOutAction.REPLACE_LOST_RESERVATION;
            rows.add(CommandTable.action(
                    PERSISTENT_RESERVE_OUT,
                    action.code(),
                    "PERSISTENT RESERVE OUT, " + text(action),
                    10,
                    CommandTable.LONG,
                    replaces
                            ? Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION, REPLACES_LOST_RESERVATION)
                            : Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                    List.of(
                            bits(SERVICE_ACTION, 1, 4, 5),
                            bits(SCOPE, 2, 7, 4),
                            bits(TYPE, 2, 3, 4),
                            bytes(PARAMETER_LIST_LENGTH, 5, 4)),
                    cdb -> new PersistentReserveOut(cdb, action)));
        }
        return rows;
    }

    /** Third-party reservations and extents were optional, and are obsolete. */
    private static Command reserve(int opcode, String name, int lengthBytes, Reserve request) {
        return CommandTable.row(
                opcode,
                name,
                lengthBytes,
                CommandTable.AT_ONCE,
                Set.of(ANY_DEVICE_TYPE, IGNORES_RESERVATION),
                List.of(unsupported(THIRD_PARTY, 1, 4, 1)),
                cdb -> execution -> execution.perform(new ReservationChange(execution, request)));
    }

    private static String text(Enum<?> action) {
        return action.name().replace('_', ' ');
    }
}
