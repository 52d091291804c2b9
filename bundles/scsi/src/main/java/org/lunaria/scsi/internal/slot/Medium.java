package org.lunaria.scsi.internal.slot;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend;

/**
 * The medium of a logical unit, as command handlers see it: the bytes, whatever backend holds them now. The caller keeps
 * the caller's side of {@link BlockBackend}'s contract, but for capabilities: what a backend lacks for DURABLE and
 * writeZeroes is emulated. No call blocks; stages complete on any thread. Thread-safe.
 */
public interface Medium {

    /** Profile of the attached backend, or of the last one; empty before the first. */
    Optional<BlockBackend.Profile> profile();

    /** Whether an operation would be done or held now, rather than fail as OFFLINE at once. */
    boolean available();

    CompletionStage<Void> read(long offset, ByteBuffer target);

    CompletionStage<Void> write(long offset, ByteBuffer source, Set<BlockBackend.Flag> flags);

    CompletionStage<Void> flush();

    /** Destroys the copies that the store itself keeps of what was overwritten. */
    CompletionStage<Void> scrub();

    CompletionStage<Void> unmap(long offset, long length);

    CompletionStage<Void> writeZeroes(long offset, long length, Set<BlockBackend.Flag> flags);

    CompletionStage<List<BlockBackend.Extent>> extents(long offset, long length);

    /** What the backend takes and what is left for it, if its profile says that it tells. */
    CompletionStage<BlockBackend.Space> space();

    /**
     * Takes an operation back that waits for a backend.
     *
     * @param stage that the operation gave
     * @return whether it had not begun: then it is never done, and the stage never completes
     */
    boolean withdraw(CompletionStage<?> stage);
}
