package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.page.BitField;

/**
 * A piece of a copy: READ from the source, then WRITE to the destination. Confined to the task's executor.
 *
 * <p>They are the commands with 10 bytes, which a CD/DVD unit has as well (MMC-6), as far as an LBA fits them.
 */
final class BlockPiece implements CopyPiece {
    private static final int CDB_BYTES = 16;

    /** READ and WRITE of a length, and where their fields are. */
    private enum Form {
        SHORT(0x28, 0x2A, BitField.bytes(2, 4), BitField.bytes(7, 2)),
        LONG(0x88, 0x8A, BitField.bytes(2, 8), BitField.bytes(10, 4));

        private final int read;
        private final int write;
        private final BitField logicalBlockAddress;
        private final BitField transferLength;

        Form(int read, int write, BitField logicalBlockAddress, BitField transferLength) {
            this.read = read;
            this.write = write;
            this.logicalBlockAddress = logicalBlockAddress;
            this.transferLength = transferLength;
        }

        static Form of(long lbaFirst) {
            return lbaFirst >>> SHORT.logicalBlockAddress.bits() == 0 ? SHORT : LONG;
        }
    }

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
    BlockPiece(Execution by, ByteBuffer buffer, int lengthBytes, Place source, Place destination) {
        this.by = by;
        this.buffer = buffer;
        this.lengthBytes = lengthBytes;
        this.source = source;
        this.destination = destination;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public int lengthBytes() {
        return lengthBytes;
    }

    @Override
    public boolean isWriting() {
        return writing;
    }

    @Override
    public void send(Consumer<Optional<TaskResult>> ended) {
        buffer.clear();
        transfer = writing ? CopyTransfer.from(buffer, lengthBytes) : CopyTransfer.into(buffer, lengthBytes);
        command = command(writing ? destination : source);
        command.start(ended);
    }

    private CopyCommand command(Place place) {
        Form form = Form.of(place.lbaFirst());
        byte[] cdb = new byte[CDB_BYTES];
        cdb[0] = (byte) (writing ? form.write : form.read);
        form.logicalBlockAddress.put(cdb, place.lbaFirst());
        form.transferLength.put(cdb, lengthBytes / place.blockBytes());
        return new CopyCommand(by, place.unit(), cdb, transfer);
    }

    @Override
    public boolean isWhole() {
        return transfer.movedBytes() == lengthBytes;
    }

    @Override
    public boolean advance() {
        boolean wasRead = !writing;
        writing = true;
        return wasRead;
    }

    @Override
    public void abort() {
        command.abort();
    }
}
