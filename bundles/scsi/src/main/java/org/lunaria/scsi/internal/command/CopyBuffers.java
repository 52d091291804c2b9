package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.internal.copy.CopyLimits;

/**
 * Direct buffers of third-party copies: as many for each copy as it has pieces under way. Bounded: who gets none answers
 * BUSY. Thread-safe.
 */
final class CopyBuffers {
    /** A piece: a multiple of every block length. */
    static final int BUFFER_BYTES = 128 * 1024;

    private static final int BUFFERS_OF_A_COPY = 4;

    /** Of the whole engine: 16 MiB. */
    static final CopyBuffers SHARED = new CopyBuffers(CopyLimits.CONCURRENT_COPIES);

    private final ScratchBuffers buffers;

    CopyBuffers(int copies) {
        buffers = new ScratchBuffers(copies * BUFFERS_OF_A_COPY, BUFFER_BYTES);
    }

    /** All that a copy needs; none while too many copies are under way. */
    Optional<List<ByteBuffer>> take() {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < BUFFERS_OF_A_COPY; i++) {
            Optional<ByteBuffer> buffer = buffers.take();
            if (buffer.isEmpty()) {
                give(taken);
                return Optional.empty();
            }
            taken.add(buffer.get());
        }
        return Optional.of(taken);
    }

    void give(List<ByteBuffer> taken) {
        taken.forEach(buffers::give);
    }
}
