package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Sends data that is larger than one buffer of the transport, piece by piece. */
class DataIn extends Procedure {

    /** Where the data comes from. */
    interface Source {
        /** Fills a target with the data from an offset on. */
        void fill(int offset, ByteBuffer target);
    }

    private final Execution execution;
    private final int lengthBytes;
    private final Source source;
    private int sentBytes;

    /** @param lengthBytes how much of the data the initiator's buffer holds */
    DataIn(Execution execution, int lengthBytes, Source source) {
        super(execution);
        this.execution = execution;
        this.lengthBytes = lengthBytes;
        this.source = source;
    }

    @Override
    protected final CompletionStage<?> step() {
        if (sentBytes == lengthBytes) {
            return end();
        }
        int bytes = Math.min(lengthBytes - sentBytes, execution.data().chunkBytes());
        ByteBuffer buffer = execution.data().dataIn(bytes);
        source.fill(sentBytes, buffer);
        sentBytes += bytes;
        return transfer(execution.data().send(buffer.flip()));
    }

    @Override
    protected final void release() {}
}
