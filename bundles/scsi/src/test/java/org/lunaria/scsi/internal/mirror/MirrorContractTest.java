package org.lunaria.scsi.internal.mirror;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackendContract;

/** A mirror is a store like any other while its copy runs, and in the end the destination has what the source has. */
class MirrorContractTest extends BlockBackendContract {
    private static final int CAPACITY = LEAST_CAPACITY_BYTES + (4 << 20);

    private final ArrayBackend source = new ArrayBackend(CAPACITY, 512);
    private final ArrayBackend destination = new ArrayBackend(CAPACITY + 4096, 512);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Mirror mirror = new Mirror("disk-1", source, destination);
    private final MirrorCopy copy =
            new MirrorCopy("disk-1", mirror, MirrorCopy.Mode.COPY, new Pace(0), ended::countDown);
    private boolean closed;

    @Override
    protected BlockBackend open() {
        copy.start();
        return new Owned(mirror);
    }

    @AfterEach
    void theDestinationHasWhatTheSourceHas() throws Exception {
        ended.await(60, TimeUnit.SECONDS);
        assertEquals(closed ? MirrorCopy.State.FAILED : MirrorCopy.State.IN_SYNC, copy.state());
        if (!closed) {
            assertEquals(Optional.empty(), mirror.lost());
            assertArrayEquals(source.contents(0, CAPACITY), destination.contents(0, CAPACITY));
        }
    }

    /** Closes what a mirror leaves to others. */
    private final class Owned implements BlockBackend {
        private final BlockBackend inner;

        Owned(BlockBackend inner) {
            this.inner = inner;
        }

        @Override
        public Profile profile() {
            return inner.profile();
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            return inner.read(offset, target);
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer bytes, Set<Flag> flags) {
            return inner.write(offset, bytes, flags);
        }

        @Override
        public CompletionStage<Void> flush() {
            return inner.flush();
        }

        @Override
        public CompletionStage<Void> unmap(long offset, long length) {
            return inner.unmap(offset, length);
        }

        @Override
        public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
            return inner.writeZeroes(offset, length, flags);
        }

        @Override
        public CompletionStage<List<Extent>> extents(long offset, long length) {
            return inner.extents(offset, length);
        }

        @Override
        public CompletionStage<Space> space() {
            return inner.space();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            source.close();
            destination.close();
            inner.close();
        }
    }
}
