package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.scsi.internal.page.BitField;

/** REPORT SUPPORTED OPERATION CODES (SPC-4 6.35): what the {@link CommandTable} has and this unit can do. */
final class ReportSupportedOperationCodes implements Handler {
    private static final int DESCRIPTOR_BYTES = 8;
    private static final int TIMEOUTS_BYTES = 12;
    private static final int SERVACTV = 0x01;
    private static final int CTDP_IN_LIST = 0x02;
    private static final int CTDP_IN_ONE = 0x80;
    private static final int NOT_SUPPORTED = 0x01;
    private static final int SUPPORTED_BY_STANDARD = 0x03;

    private final Supplier<CommandTable> table;
    private final BitField timeouts;
    private final BitField reportingOptions;
    private final BitField operationCode;
    private final BitField serviceAction;
    private final BitField allocationLength;

    /**
     * @param table asked at each command, because this handler is made while the table is
     */
    ReportSupportedOperationCodes(Cdb cdb, Supplier<CommandTable> table) {
        this.table = table;
        timeouts = cdb.place(FieldName.RCTD);
        reportingOptions = cdb.place(FieldName.REPORTING_OPTIONS);
        operationCode = cdb.place(FieldName.REQUESTED_OPERATION_CODE);
        serviceAction = cdb.place(FieldName.REQUESTED_SERVICE_ACTION);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        List<Command> offered = table.get().rows().stream()
                .filter(command -> command.isSupportedBy(execution.device()))
                .toList();
        int opcode = (int) operationCode.get(cdb);
        int action = (int) serviceAction.get(cdb);
        List<Command> sameOpcode =
                offered.stream().filter(command -> command.opcode() == opcode).toList();
        boolean hasActions = sameOpcode.stream().anyMatch(c -> c.serviceAction().isPresent());
        boolean exists = !sameOpcode.isEmpty();
        boolean withTimeouts = timeouts.isSet(cdb);
        switch ((int) reportingOptions.get(cdb)) {
            case 0b000 -> execution.good(list(offered, withTimeouts), allocationLength.get(cdb));
            case 0b001 -> {
                if (hasActions) {
                    execution.refuseField(operationCode);
                } else {
                    answer(execution, sameOpcode.stream().findFirst(), withTimeouts);
                }
            }
            case 0b010 -> {
                if (exists && !hasActions) {
                    execution.refuseField(serviceAction);
                } else {
                    answer(execution, withAction(sameOpcode, action), withTimeouts);
                }
            }
            case 0b011 ->
                answer(
                        execution,
                        hasActions
                                ? withAction(sameOpcode, action)
                                : sameOpcode.stream()
                                        .filter(command -> action == 0)
                                        .findFirst(),
                        withTimeouts);
            default -> execution.refuseField(reportingOptions);
        }
    }

    private static Optional<Command> withAction(List<Command> commands, int action) {
        return commands.stream()
                .filter(command -> command.serviceAction().orElse(-1) == action)
                .findFirst();
    }

    private void answer(Execution execution, Optional<Command> command, boolean withTimeouts) {
        byte[] data = command.map(found -> one(found, execution.device(), withTimeouts))
                .orElseGet(() -> new byte[] {0, NOT_SUPPORTED, 0, 0});
        execution.good(data, allocationLength.get(execution.cdb()));
    }

    private static byte[] list(List<Command> commands, boolean withTimeouts) {
        int each = DESCRIPTOR_BYTES + (withTimeouts ? TIMEOUTS_BYTES : 0);
        ByteBuffer data = ByteBuffer.allocate(4 + each * commands.size());
        data.putInt(each * commands.size());
        for (Command command : commands) {
            int flags = (command.serviceAction().isPresent() ? SERVACTV : 0) | (withTimeouts ? CTDP_IN_LIST : 0);
            data.put((byte) command.opcode()).put((byte) 0);
            data.putShort((short) command.serviceAction().orElse(0));
            data.put((byte) 0).put((byte) flags).putShort((short) command.cdb().lengthBytes());
            if (withTimeouts) {
                putTimeouts(data, command);
            }
        }
        return data.array();
    }

    private static byte[] one(Command command, Device device, boolean withTimeouts) {
        byte[] usage = command.usage(device);
        ByteBuffer data = ByteBuffer.allocate(4 + usage.length + (withTimeouts ? TIMEOUTS_BYTES : 0));
        data.put((byte) 0).put((byte) (SUPPORTED_BY_STANDARD | (withTimeouts ? CTDP_IN_ONE : 0)));
        data.putShort((short) usage.length).put(usage);
        if (withTimeouts) {
            putTimeouts(data, command);
        }
        return data.array();
    }

    /** The command timeouts descriptor (SPC-4 6.35.4); what is recommended is twice what is nominal. */
    private static void putTimeouts(ByteBuffer data, Command command) {
        data.putShort((short) (TIMEOUTS_BYTES - 2)).putShort((short) 0);
        data.putInt(command.timeoutSeconds()).putInt(2 * command.timeoutSeconds());
    }
}
