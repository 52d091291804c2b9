package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Receives the data-out of a command piece by piece, and then goes on with the command. */
class DataOut extends Procedure {
    private final Execution execution;
    private final int lengthBytes;
    private final Consumer<ByteBuffer> piece;
    private final Runnable next;
    private int received;
    private CompletionStage<ByteBuffer> receiving;

    /**
     * @param lengthBytes at most what {@link Execution#expectDataOut} gave, and bounded by the caller
     * @param piece takes what remains of a buffer, one after the other
     */
    DataOut(Execution execution, int lengthBytes, Consumer<ByteBuffer> piece, Runnable next) {
        super(execution);
        this.execution = execution;
        this.lengthBytes = lengthBytes;
        this.piece = piece;
        this.next = next;
    }

    @Override
    protected final CompletionStage<?> step() {
        if (receiving != null) {
            ByteBuffer buffer = value(receiving);
            receiving = null;
            int bytes = buffer.remaining();
            piece.accept(buffer);
            execution.data().discard(buffer);
            execution.moved(bytes);
            received += bytes;
        }
        if (received == lengthBytes) {
            return then(next);
        }
        receiving = execution
                .data()
                .receive(Math.min(lengthBytes - received, execution.data().chunkBytes()));
        return transfer(receiving);
    }

    @Override
    protected final void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
    }
}
