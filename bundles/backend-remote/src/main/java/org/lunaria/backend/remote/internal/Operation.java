package org.lunaria.backend.remote.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.lunaria.backend.BlockBackend.Failure;

/**
 * One operation of a caller and its stage, from the call to the completion. Long ones are sent in parts, one after the
 * other. Made by any thread, then confined to the thread of its volume.
 */
class Operation<T> extends CompletableFuture<T> {

    enum Kind {
        READ(Nbd.CMD_READ, false),
        WRITE(Nbd.CMD_WRITE, true),
        ZERO(Nbd.CMD_WRITE_ZEROES, true),
        FLUSH(Nbd.CMD_FLUSH, false),
        STATUS(Nbd.CMD_BLOCK_STATUS, false);

        final int command;

        /** Whether it changes what is stored. */
        final boolean change;

        Kind(int command, boolean change) {
            this.command = command;
            this.change = change;
        }
    }

    /** Zeroes are asked for in parts, so that each is answered in time. */
    private static final long ZERO_BYTES_MAX = 64 << 20;

    private static final long STATUS_BYTES_MAX = 1 << 30;

    final Kind kind;
    final long offset;
    final long length;
    final long begunNanos;

    /** For READ and WRITE, else null. */
    final ByteBuffer data;

    private final int dataStart;

    /** Of a change: whether its answer means that it is durable. */
    final boolean durable;

    /** Of ZERO: whether a hole may come of it. */
    final boolean mayUnmap;

    /** Nobody waits for it: a change from the {@link WriteLog} that is done again, or a flush that makes room there. */
    boolean internal;

    /** Link of the {@link Inbox}. */
    Operation<?> next;

    /** Order in which operations were sent first; 0 before. */
    long sequence;

    /** Where it stands in {@link UnderWay}. */
    int index;

    /** What was reserved in the {@link WriteLog} for a change. */
    boolean reserved;

    /** Of a FLUSH: what was appended to the {@link WriteLog} before it is covered by it. */
    long mark;

    // The part that is under way, and what has come of it.
    long doneBytes;
    int partBytes;
    long cookie;
    long sentNanos;

    /** Of the data of a read: how much was sent, and where what was sent ends. */
    long toldBytes;

    long toldEnd;
    ServerError error;
    String errorText = "";
    long errorOffset = -1;

    Operation(Kind kind, long offset, long length, ByteBuffer data, boolean durable, boolean mayUnmap) {
        this.kind = kind;
        this.offset = offset;
        this.length = length;
        this.data = data;
        this.dataStart = data == null ? 0 : data.position();
        this.durable = durable;
        this.mayUnmap = mayUnmap;
        this.begunNanos = System.nanoTime();
    }

    /** Bytes of the caller's that it holds. */
    long dataBytes() {
        return data == null ? 0 : length;
    }

    boolean overlaps(Operation<?> other) {
        return offset < other.offset + other.length && other.offset < offset + length;
    }

    /** Begins the next part. */
    void beginPart(int payloadBytesMax) {
        long most = data != null ? payloadBytesMax : kind == Kind.ZERO ? ZERO_BYTES_MAX : STATUS_BYTES_MAX;
        partBytes = (int) Math.min(length - doneBytes, most);
        toldBytes = 0;
        toldEnd = partOffset();
        error = null;
        errorText = "";
        errorOffset = -1;
    }

    long partOffset() {
        return offset + doneBytes;
    }

    /** The buffer from the byte that is stored at an offset, to as many bytes behind it. */
    ByteBuffer dataAt(long storeOffset, int bytes) {
        int from = dataStart + (int) (storeOffset - offset);
        return data.limit(from + bytes).position(from);
    }

    /** Whether another part is to be sent. */
    boolean hasMore() {
        return doneBytes < length && kind != Kind.STATUS;
    }

    /** A connection was lost: all of it is to be sent anew. */
    void rewind() {
        doneBytes = 0;
    }

    /** All of it was done. */
    void succeed() {
        complete(null);
    }

    void fail(Failure failure) {
        completeExceptionally(failure);
    }
}
