package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.Completions;

/** What a verification expects to find on the medium. Confined to the task's executor. */
sealed interface Expected {

    /** Gets the next bytes ready; the stage completes on the executor. */
    CompletionStage<?> next(int lengthBytes);

    /**
     * Compares.
     *
     * @param found what was read, from position 0 to its limit: as many bytes as {@link #next} was asked for
     * @return index of the first byte that differs, or -1
     */
    int mismatch(ByteBuffer found);

    /** Gives back the buffer that it holds. */
    void release();

    static Expected nothing() {
        return new Nothing();
    }

    /** Nothing in particular. */
    final class Nothing implements Expected {
        @Override
        public CompletionStage<?> next(int lengthBytes) {
            return Completions.DONE;
        }

        @Override
        public int mismatch(ByteBuffer found) {
            return -1;
        }

        @Override
        public void release() {}
    }

    /** The initiator's blocks, one after the other. */
    final class EachBlock implements Expected {
        private final Execution execution;
        private CompletionStage<ByteBuffer> receiving;

        EachBlock(Execution execution) {
            this.execution = execution;
        }

        @Override
        public CompletionStage<?> next(int lengthBytes) {
            receiving = execution.data().receive(lengthBytes);
            return receiving;
        }

        @Override
        public int mismatch(ByteBuffer found) {
            ByteBuffer held = Procedure.value(receiving);
            int at = held.mismatch(found);
            execution.moved(held.remaining());
            release();
            return at;
        }

        @Override
        public void release() {
            if (receiving != null) {
                execution.discard(receiving);
            }
            receiving = null;
        }
    }

    /** One block, again and again. */
    final class OneBlock implements Expected {
        private final ByteBuffer block;

        OneBlock(byte[] block) {
            this.block = ByteBuffer.wrap(block);
        }

        @Override
        public CompletionStage<?> next(int lengthBytes) {
            return Completions.DONE;
        }

        @Override
        public int mismatch(ByteBuffer found) {
            for (int at = 0; at < found.limit(); at += block.limit()) {
                int wrong = found.slice(at, block.limit()).mismatch(block);
                if (wrong >= 0) {
                    return at + wrong;
                }
            }
            return -1;
        }

        @Override
        public void release() {}
    }
}
