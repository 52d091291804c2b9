package org.lunaria.scsi;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * The data of one command: SAM's Send Data-In and Receive Data-Out (SAM-5 5.4.3), as streams from the first byte to the
 * last. A transport implements it with its PDUs, a test with arrays.
 *
 * <p>The engine calls it on the task's executor only, before it answers the task, and for at most one direction. It never
 * asks for more than the initiator's buffer holds. Stages complete on the task's executor; they fail with
 * {@link java.util.concurrent.CancellationException} when the nexus is lost or the task was aborted, and the engine then
 * ends the task without touching the transfer again.
 */
public interface DataTransfer {

    /** Size of the initiator's Data-In buffer in bytes; 0 when it expects none. */
    long dataInBytes();

    /** Bytes that the initiator has for the target; 0 when it has none. */
    long dataOutBytes();

    /**
     * A direct buffer for the next {@code length} bytes of the Data-In stream: position 0, limit {@code length}, its
     * content undefined. It is the engine's until it goes into {@link #send} or {@link #discard}; one at a time.
     *
     * @param length at least 1, at most {@link #chunkBytes}
     */
    ByteBuffer dataIn(int length);

    /**
     * Sends a buffer of {@link #dataIn}, from 0 to its limit, which the caller may have lowered. The buffer is the
     * transport's from now on. The stage completes when there is room for more: the caller of a long transfer waits for
     * it, so that a slow initiator does not fill the memory.
     */
    CompletionStage<Void> send(ByteBuffer filled);

    /**
     * Asks for the next {@code length} bytes of the Data-Out stream. The stage gives a direct buffer with exactly these
     * bytes between position and limit, the engine's until {@link #discard}; one at a time. Bytes that came with the
     * command are there at once, in a stage that is complete.
     *
     * @param length at least 1, at most {@link #chunkBytes}
     */
    CompletionStage<ByteBuffer> receive(int length);

    /** Gives a buffer of {@link #dataIn} or {@link #receive} back. */
    void discard(ByteBuffer buffer);

    /**
     * The task was aborted and is not answered: what is outstanding fails with a CancellationException, and bytes that came
     * go back. Called on the executor, once, instead of the answer, when no buffer is the engine's any more; the transport
     * forgets the task. Not called after a stage has failed with a CancellationException: then the transport knows.
     */
    default void cancel() {}

    /** The largest buffer that this transport hands out: at least 64 KiB, a multiple of 4096. */
    int chunkBytes();
}
