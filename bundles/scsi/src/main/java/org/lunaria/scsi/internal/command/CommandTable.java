package org.lunaria.scsi.internal.command;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Every command there is, one row each: SPC-4, SBC-3 and MMC-6. What is not in this table is refused, and nothing else is
 * announced. Immutable.
 */
public final class CommandTable {
    private static final int OPCODES = 256;
    private static final int SERVICE_ACTIONS = 32;

    /** Seconds: an answer from memory; a transfer; a flush; work on many blocks. */
    static final int AT_ONCE = 10;

    static final int TRANSFER = 30;
    static final int LONG = 60;

    /** Work on the whole medium: a day. */
    static final int WHOLE_MEDIUM = 86_400;

    /** The one table. */
    public static final CommandTable STANDARD = new CommandTable();

    private final List<Command> rows;

    /** By operation code, and under it by service action where there are some; else a single one. */
    private final Command[][] index = new Command[OPCODES][];

    private CommandTable() {
        rows = Stream.of(
                        PrimaryCommands.rows(),
                        ModeCommands.rows(),
                        InformationCommands.rows(),
                        LogCommands.rows(),
                        BlockCommands.rows(),
                        AtomicCommands.rows(),
                        ReservationCommands.rows(),
                        CopyCommands.rows(),
                        TokenCommands.rows(),
                        AsymmetricAccessCommands.rows(),
                        BufferCommands.rows(),
                        DiagnosticCommands.rows(),
                        SanitizeCommands.rows(),
                        FormatCommands.rows(),
                        MultimediaCommands.rows())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Command::opcode)
                        .thenComparing(command -> command.serviceAction().orElse(0)))
                .toList();
        for (Command command : rows) {
            int opcode = command.opcode();
            if (command.serviceAction().isEmpty()) {
                index[opcode] = new Command[] {command};
            } else {
                if (index[opcode] == null) {
                    index[opcode] = new Command[SERVICE_ACTIONS];
                }
                index[opcode][command.serviceAction().getAsInt()] = command;
            }
        }
    }

    /** In ascending order of operation code and service action. */
    public List<Command> rows() {
        return rows;
    }

    /** Whether a unit has commands with this operation code that differ by service action. */
    public boolean knowsServiceActions(byte[] cdb, Device device) {
        Command[] commands = index[cdb[0] & 0xFF];
        return commands != null
                && commands.length > 1
                && Stream.of(commands).anyMatch(command -> command != null && command.isSupportedBy(device));
    }

    /** The command that a CDB asks for. */
    public Optional<Command> find(byte[] cdb) {
        Command[] commands = index[cdb[0] & 0xFF];
        if (commands == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(commands.length == 1 ? commands[0] : commands[cdb[1] & (SERVICE_ACTIONS - 1)]);
    }

    static CommandTable standard() {
        return STANDARD;
    }

    static Command row(
            int opcode,
            String name,
            int lengthBytes,
            int timeoutSeconds,
            Set<Trait> traits,
            List<Field> fields,
            Function<Cdb, Handler> handler) {
        return new Command(opcode, OptionalInt.empty(), name, lengthBytes, timeoutSeconds, traits, fields, handler);
    }

    static Command action(
            int opcode,
            int serviceAction,
            String name,
            int lengthBytes,
            int timeoutSeconds,
            Set<Trait> traits,
            List<Field> fields,
            Function<Cdb, Handler> handler) {
        return new Command(
                opcode, OptionalInt.of(serviceAction), name, lengthBytes, timeoutSeconds, traits, fields, handler);
    }
}
