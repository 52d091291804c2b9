package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.TaskResult;

/** A piece of a copy: one command to a unit, or two, one after the other. Confined to the task's executor. */
interface CopyPiece {

    /** What the piece has of the copy while it is under way. */
    ByteBuffer buffer();

    int lengthBytes();

    /** Whether its command is to the destination. */
    boolean isWriting();

    /**
     * Sends the command that is next.
     *
     * @param ended hears what it was answered; nothing when it was aborted, or its unit is gone
     */
    void send(Consumer<Optional<TaskResult>> ended);

    /** Whether the command that was answered has moved everything. */
    boolean isWhole();

    /** The command is done; says whether there is another one. */
    boolean advance();

    void abort();
}
