package org.lunaria.scsi.internal.unit;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.OverlappingLoad;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskResult;

/**
 * WRITE, UNMAP, WRITE SAME and READ on ranges that overlap while they are under way, of one unit and from several threads:
 * a block is never a mixture, and is always what some order of the commands makes of it. Unmapped blocks read as zeroes,
 * aligned or not (LBPRZ).
 */
class OverlapTest {

    @Test
    void commandsThatOverlapNeverMixWithinABlock() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("OverlapTest: -Dlunaria.seed=" + seed);
        OverlappingLoad.run(new UnitAsStore(Bench.of(Bench.backend())), Bench.BLOCK_BYTES, true, seed);
    }

    /** A unit that is used by commands, as a store that is used by calls. Thread-safe. */
    private static final class UnitAsStore implements BlockBackend {
        private static final int BLOCK = Bench.BLOCK_BYTES;

        private final Bench bench;
        private final Initiator initiator;
        private final AtomicLong tags = new AtomicLong(1000);
        private final Profile profile = new Profile(
                (long) Bench.BLOCK_COUNT * BLOCK,
                BLOCK,
                BLOCK,
                0,
                1 << 20,
                BLOCK,
                ArrayBackend.ATOMIC_BYTES,
                new ArrayBackend(BLOCK, BLOCK).profile().capabilities());

        UnitAsStore(Bench bench) {
            this.bench = bench;
            initiator = bench.initiator();
        }

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public CompletionStage<Void> read(long offset, ByteBuffer target) {
            int bytes = target.remaining();
            ArrayTransfer transfer = new ArrayTransfer(new byte[0], bytes, false);
            return send(transfer, range(0x28, 0, offset, bytes)).thenRun(() -> target.put(transfer.sent()));
        }

        @Override
        public CompletionStage<Void> write(long offset, ByteBuffer source, Set<Flag> flags) {
            byte[] data = new byte[source.remaining()];
            source.get(data);
            return send(new ArrayTransfer(data, 0, false), range(0x2A, 0, offset, data.length));
        }

        @Override
        public CompletionStage<Void> flush() {
            return send(new ArrayTransfer(new byte[0], 0, false), range(0x35, 0, 0, 0));
        }

        @Override
        public CompletionStage<Void> unmap(long offset, long length) {
            ByteBuffer list = ByteBuffer.allocate(24).putShort((short) 22).putShort((short) 16);
            list.putInt(0).putLong(offset / BLOCK).putInt((int) (length / BLOCK));
            return send(
                    new ArrayTransfer(list.array(), 0, false),
                    new byte[] {0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0});
        }

        @Override
        public CompletionStage<Void> writeZeroes(long offset, long length, Set<Flag> flags) {
            int unmap = flags.contains(Flag.MAY_UNMAP) ? 0x08 : 0;
            return send(new ArrayTransfer(new byte[BLOCK], 0, false), range(0x41, unmap, offset, (int) length));
        }

        @Override
        public void close() {}

        private static byte[] range(int opcode, int flags, long offset, int bytes) {
            ByteBuffer cdb = ByteBuffer.allocate(16).put((byte) opcode).put((byte) flags);
            cdb.putInt((int) (offset / BLOCK)).put((byte) 0).putShort((short) (bytes / BLOCK));
            return cdb.array();
        }

        private CompletableFuture<Void> send(ArrayTransfer transfer, byte[] cdb) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            bench.target()
                    .execute(new Task(
                            initiator.nexus(),
                            0,
                            tags.incrementAndGet(),
                            TaskAttribute.SIMPLE,
                            cdb,
                            transfer,
                            Runnable::run,
                            result -> end(result, done)));
            return done;
        }

        private static void end(TaskResult result, CompletableFuture<Void> done) {
            if (result.status() == ScsiStatus.GOOD) {
                done.complete(null);
            } else {
                done.completeExceptionally(new AssertionError(result.toString()));
            }
        }
    }
}
