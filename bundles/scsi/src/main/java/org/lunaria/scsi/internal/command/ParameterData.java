package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Sends parameter data that is larger than one buffer of the transport. */
final class ParameterData extends Procedure {
    private final Execution execution;
    private final byte[] data;
    private final int lengthBytes;
    private int sentBytes;

    /**
     * @param lengthBytes how much of the data the initiator's buffer holds
     */
    ParameterData(Execution execution, byte[] data, int lengthBytes) {
        super(execution);
        this.execution = execution;
        this.data = data;
        this.lengthBytes = lengthBytes;
    }

    @Override
    protected CompletionStage<?> step() {
        if (sentBytes == lengthBytes) {
            return end();
        }
        int bytes = Math.min(lengthBytes - sentBytes, execution.data().chunkBytes());
        ByteBuffer buffer = execution.data().dataIn(bytes);
        buffer.put(data, sentBytes, bytes).flip();
        sentBytes += bytes;
        return transfer(execution.data().send(buffer));
    }

    @Override
    protected void release() {}
}
