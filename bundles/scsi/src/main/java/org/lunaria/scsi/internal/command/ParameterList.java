package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Receives the data-out of a command whole, and then goes on with the command. For lists and single blocks only. */
final class ParameterList extends DataOut {

    /**
     * @param lengthBytes at most what {@link Execution#expectDataOut} gave, and bounded by the caller
     */
    ParameterList(Execution execution, int lengthBytes, Consumer<byte[]> next) {
        this(execution, new byte[lengthBytes], next);
    }

    private ParameterList(Execution execution, byte[] list, Consumer<byte[]> next) {
        super(execution, list.length, ByteBuffer.wrap(list)::put, () -> next.accept(list));
    }
}
