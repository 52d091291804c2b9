package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.page.BitField;

/** A piece of a copy: READ (16) from the source, then WRITE (16) to the destination. Confined to the task's executor. */
final class CopyPiece {
    private static final int CDB_BYTES = 16;
    private static final int READ_16 = 0x88;
    private static final int WRITE_16 = 0x8A;
    private static final BitField LOGICAL_BLOCK_ADDRESS = BitField.bytes(2, 8);
    private static final BitField TRANSFER_LENGTH = BitField.bytes(10, 4);

    /** Where it is read or written. */
    record Place(Access unit, int blockBytes, long lbaFirst) {}

    private final Execution by;
    private final ByteBuffer buffer;
    private final int lengthBytes;
    private final Place source;
    private final Place destination;

    private boolean writing;
    private CopyTransfer transfer;
    private CopyCommand command;

    /** @param lengthBytes whole blocks of both places */
    CopyPiece(Execution by, ByteBuffer buffer, int lengthBytes, Place source, Place destination) {
        this.by = by;
        this.buffer = buffer;
        this.lengthBytes = lengthBytes;
        this.source = source;
        this.destination = destination;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    boolean isWriting() {
        return writing;
    }

    /** Sends the command that is next. */
    void send(Consumer<Optional<TaskResult>> ended) {
        buffer.clear();
        transfer = writing ? CopyTransfer.from(buffer, lengthBytes) : CopyTransfer.into(buffer, lengthBytes);
        command = writing ? command(WRITE_16, destination) : command(READ_16, source);
        command.start(ended);
    }

    private CopyCommand command(int opcode, Place place) {
        byte[] cdb = new byte[CDB_BYTES];
        cdb[0] = (byte) opcode;
        LOGICAL_BLOCK_ADDRESS.put(cdb, place.lbaFirst());
        TRANSFER_LENGTH.put(cdb, lengthBytes / place.blockBytes());
        return new CopyCommand(by, place.unit(), cdb, transfer);
    }

    /** Whether the command that was answered has moved everything. */
    boolean isWhole() {
        return transfer.movedBytes() == lengthBytes;
    }

    /** The command is done; says whether there is another one. */
    boolean advance() {
        boolean wasRead = !writing;
        writing = true;
        return wasRead;
    }

    void abort() {
        command.abort();
    }
}
