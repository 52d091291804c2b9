package org.lunaria.scsi.internal.command;

import static org.lunaria.scsi.internal.command.CommandTable.AT_ONCE;
import static org.lunaria.scsi.internal.command.CommandTable.LONG;
import static org.lunaria.scsi.internal.command.CommandTable.action;
import static org.lunaria.scsi.internal.command.CopyCommands.THIRD_PARTY_COPY_IN;
import static org.lunaria.scsi.internal.command.CopyCommands.THIRD_PARTY_COPY_OUT;
import static org.lunaria.scsi.internal.command.Field.bits;
import static org.lunaria.scsi.internal.command.Field.bytes;
import static org.lunaria.scsi.internal.command.Field.unsupported;
import static org.lunaria.scsi.internal.command.FieldName.ALLOCATION_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.GROUP_NUMBER;
import static org.lunaria.scsi.internal.command.FieldName.LIST_IDENTIFIER;
import static org.lunaria.scsi.internal.command.FieldName.PARAMETER_LIST_LENGTH;
import static org.lunaria.scsi.internal.command.FieldName.SERVICE_ACTION;
import static org.lunaria.scsi.internal.command.Trait.CLAIMS_BLOCKS;
import static org.lunaria.scsi.internal.command.Trait.IGNORES_WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.command.Trait.MEDIUM_READ;
import static org.lunaria.scsi.internal.command.Trait.MEDIUM_WRITE;
import static org.lunaria.scsi.internal.command.Trait.SENDS_COMMANDS;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.lunaria.scsi.internal.copy.CopyOperation;

/**
 * The rows of the {@link CommandTable} that are for offloaded data transfers by ROD tokens (SBC-3 4.28, SPC-4 5.17.6). REPORT ALL ROD
 * TOKENS is not there: it would tell an initiator of the copies of others.
 */
final class TokenCommands {
    static final int POPULATE_TOKEN = 0x10;
    static final int WRITE_USING_TOKEN = 0x11;

    private TokenCommands() {}

    static List<Command> rows() {
        return List.of(
                out(
                        POPULATE_TOKEN,
                        "POPULATE TOKEN",
                        Set.of(MEDIUM_READ, CLAIMS_BLOCKS, IGNORES_WRITE_EXCLUSIVE),
                        PopulateToken::new),
                out(WRITE_USING_TOKEN, "WRITE USING TOKEN", Set.of(MEDIUM_WRITE, SENDS_COMMANDS), WriteUsingToken::new),
                action(
                        THIRD_PARTY_COPY_IN,
                        0x07,
                        "RECEIVE ROD TOKEN INFORMATION",
                        16,
                        AT_ONCE,
                        Set.of(),
                        List.of(
                                bits(SERVICE_ACTION, 1, 4, 5),
                                bytes(LIST_IDENTIFIER, 2, 4),
                                bytes(ALLOCATION_LENGTH, 10, 4)),
                        ReceiveRodTokenInformation::new));
    }

    /** Whether a copy is one of these commands. */
    static boolean isOf(CopyOperation operation) {
        return operation.serviceAction() == POPULATE_TOKEN || operation.serviceAction() == WRITE_USING_TOKEN;
    }

    private static Command out(int serviceAction, String name, Set<Trait> traits, Function<Cdb, Handler> handler) {
        return action(
                THIRD_PARTY_COPY_OUT,
                serviceAction,
                name,
                16,
                LONG,
                traits,
                List.of(
                        bits(SERVICE_ACTION, 1, 4, 5),
                        bytes(LIST_IDENTIFIER, 6, 4),
                        bytes(PARAMETER_LIST_LENGTH, 10, 4),
                        unsupported(GROUP_NUMBER, 14, 4, 5)),
                handler);
    }
}
