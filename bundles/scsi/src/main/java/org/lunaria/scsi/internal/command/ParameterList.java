package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Receives the data-out of a command whole, and then goes on with the command. For lists and single blocks only. */
final class ParameterList extends Procedure {
    private final Execution execution;
    private final byte[] list;
    private final Consumer<byte[]> next;
    private int received;
    private CompletionStage<ByteBuffer> receiving;

    /**
     * @param lengthBytes at most what {@link Execution#expectDataOut} gave, and bounded by the caller
     */
    ParameterList(Execution execution, int lengthBytes, Consumer<byte[]> next) {
        super(execution);
        this.execution = execution;
        this.list = new byte[lengthBytes];
        this.next = next;
    }

    @Override
    protected CompletionStage<?> step() {
        if (receiving != null) {
            ByteBuffer buffer = value(receiving);
            receiving = null;
            int bytes = buffer.remaining();
            buffer.get(list, received, bytes);
            execution.data().discard(buffer);
            execution.moved(bytes);
            received += bytes;
        }
        if (received == list.length) {
            return then(() -> next.accept(list));
        }
        receiving = execution
                .data()
                .receive(Math.min(list.length - received, execution.data().chunkBytes()));
        return transfer(receiving);
    }

    @Override
    protected void release() {
        if (receiving != null) {
            execution.discard(receiving);
        }
    }
}
