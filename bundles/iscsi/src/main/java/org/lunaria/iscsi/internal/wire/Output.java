package org.lunaria.iscsi.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import org.lunaria.iscsi.internal.pdu.Framing;

/**
 * The bytes that one connection has to send, in order: parts of pooled buffers, of which each keeps a reference until it
 * is sent. Parts that lie one behind the other become one, so that the answers of a read event usually leave with one
 * plain write. Confined to the I/O thread.
 *
 * <p>Bound: above {@link #HIGH_WATER_BYTES} the connection is not read and tasks wait before they send more. The same
 * holds when so much was added or sent as one turn allows, so that a connection that moves much lets others in
 * between.
 */
public final class Output {
    /** From here on nothing more is read, and long transfers wait. */
    public static final int HIGH_WATER_BYTES = 1024 * 1024;

    /** What a connection moves until the others of its thread have their turn. The piece that passes it is moved whole. */
    public enum Turn {
        SHORT(256 * 1024, 256 * 1024),

        /**
         * While nobody waits for a small answer. An initiator that has taken all there was sleeps, and is woken by the next
         * bytes: a server that sent 1 MiB at a time took 0.29 ms of CPU for it, with 256 KiB at a time 0.37 ms.
         */
        LONG(HIGH_WATER_BYTES, 2 * HIGH_WATER_BYTES);

        private final int addedBytes;
        private final int sentBytes;

        Turn(int addedBytes, int sentBytes) {
            this.addedBytes = addedBytes;
            this.sentBytes = sentBytes;
        }

        /** What may be added to the output. */
        public int addedBytes() {
            return addedBytes;
        }

        /** What may be sent, with what was left from before. */
        public int sentBytes() {
            return sentBytes;
        }
    }

    /** Parts that one gathering write takes. */
    private static final int GATHER_MAX = 64;

    private final IoBuffers buffers;
    private final Runnable notEmpty;
    private final Checksum checksum = new Checksum();
    private PooledBuffer[] owners = new PooledBuffer[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int head;
    private int count;
    private long unsentBytes;
    private long sentBytes;
    private boolean discarded;
    private PooledBuffer openHeader;
    private int openHeaderFrom;
    private long turnBytesLeft = Long.MAX_VALUE;
    private long sendBytesLeft = Long.MAX_VALUE;
    private long sentBefore;

    /** @param notEmpty runs when something is appended and nothing was there */
    public Output(IoBuffers buffers, Runnable notEmpty) {
        this.buffers = buffers;
        this.notEmpty = notEmpty;
    }

    /**
     * Appends room for something small, to be filled before anything else is done.
     *
     * @param bytes at most {@link IoBuffers#CLAIM_BYTES_MAX}
     * @return its index in {@link #tail}
     */
    public int append(int bytes) {
        int at = buffers.claim(bytes);
        append(buffers.chunk(), at, bytes);
        return at;
    }

    /** The buffer of the last {@link #append(int)}. */
    public PooledBuffer tail() {
        return buffers.chunk();
    }

    /** Appends a part of a buffer, and retains the buffer until the part has been sent. */
    public void append(PooledBuffer buffer, int from, int length) {
        if (discarded) {
            return;
        }
        if (unsentBytes == 0) {
            notEmpty.run();
        }
        unsentBytes += length;
        turnBytesLeft -= length;
        if (count > 0) {
            int last = index(count - 1);
            if (owners[last] == buffer && ends[last] == from) {
                ends[last] += length;
                return;
            }
        }
        if (count == owners.length) {
            grow();
        }
        int next = index(count++);
        buffer.retain();
        owners[next] = buffer;
        starts[next] = from;
        ends[next] = from + length;
    }

    /**
     * Has the digest of a header put behind it (RFC 7143 13.1), once it is filled: that is when the next header begins, or
     * when bytes leave.
     *
     * @param buffer has been appended, with the header and the room for its digest
     * @param from index of the basic header segment, which has no additional one
     */
    public void digestHeader(PooledBuffer buffer, int from) {
        finishHeader();
        if (discarded) {
            return;
        }
        openHeader = buffer;
        openHeaderFrom = from;
    }

    private void finishHeader() {
        if (openHeader != null) {
            checksum.begin().add(openHeader, openHeaderFrom, Framing.BHS_BYTES);
            openHeader.bytes().putInt(openHeaderFrom + Framing.BHS_BYTES, checksum.digest());
            openHeader = null;
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long unsentBytes() {
        return unsentBytes;
    }

    /** Bytes sent since the connection was opened. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Whether so much waits, or was added in this turn, that nobody should add to it now. */
    public boolean isFull() {
        return unsentBytes >= HIGH_WATER_BYTES || turnIsOver();
    }

    /** Begins a turn. Before the first one, turns have no end. */
    public void beginTurn(Turn turn) {
        turnBytesLeft = turn.addedBytes();
        sendBytesLeft = turn.sentBytes();
        sentBefore = sentBytes;
    }

    /** Bytes sent since the turn began. */
    public long sentInTurn() {
        return sentBytes - sentBefore;
    }

    /** Whether the connection has added or sent what it may before others have their turn. */
    public boolean turnIsOver() {
        return turnBytesLeft <= 0 || sendBytesLeft <= 0;
    }

    /**
     * Writes as much as the channel takes, and the turn allows to be sent.
     *
     * @return whether the channel took what it was given
     */
    public boolean writeTo(GatheringByteChannel channel) throws IOException {
        finishHeader();
        while (count > 0 && sendBytesLeft > 0) {
            long written = count == 1
                    ? channel.write(owners[head].window(starts[head], ends[head]))
                    : channel.write(gathered());
            if (written <= 0) {
                return false;
            }
            sendBytesLeft -= written;
            sent(written);
        }
        return true;
    }

    /**
     * Moves what is unsent together, when it keeps much more memory than it is long from being used again: the shared
     * chunks that small answers lie in. For a connection that sends nothing for some time.
     */
    public void compact() {
        finishHeader();
        if (heldBytes() <= 2 * unsentBytes + IoBuffers.CHUNK_BYTES
                || !buffers.pool().hasSpare()) {
            return;
        }
        PooledBuffer[] oldOwners = owners;
        int[] oldStarts = starts;
        int[] oldEnds = ends;
        int oldHead = head;
        int oldCount = count;
        long turn = turnBytesLeft;
        Packing packing = new Packing(unsentBytes);
        owners = new PooledBuffer[oldOwners.length];
        head = 0;
        count = 0;
        starts = new int[owners.length];
        ends = new int[owners.length];
        unsentBytes = 0;
        for (int part = 0; part < oldCount; part++) {
            int old = oldHead + part & oldOwners.length - 1;
            packing.add(oldOwners[old], oldStarts[old], oldEnds[old]);
            oldOwners[old].release();
        }
        packing.end();
        turnBytesLeft = turn;
    }

    /** Appends copies of parts, in buffers that hold nothing else. */
    private final class Packing {
        private long left;
        private PooledBuffer target;
        private int filled;

        Packing(long bytes) {
            left = bytes;
            next();
        }

        private void next() {
            target = buffers.pool().take((int) Math.min(left, BufferPool.BUFFER_BYTES_MAX));
            filled = 0;
        }

        void add(PooledBuffer source, int start, int end) {
            for (int from = start; from < end; ) {
                if (filled == target.capacity()) {
                    target.release();
                    next();
                }
                int bytes = Math.min(end - from, target.capacity() - filled);
                target.bytes().put(filled, source.bytes(), from, bytes);
                append(target, filled, bytes);
                from += bytes;
                filled += bytes;
                left -= bytes;
            }
        }

        void end() {
            target.release();
        }
    }

    /** Memory of the buffers that parts are in, those of neighbours once. */
    private long heldBytes() {
        long bytes = 0;
        for (int part = 0; part < count; part++) {
            PooledBuffer owner = owners[index(part)];
            if (part == 0 || owner != owners[index(part - 1)]) {
                bytes += owner.capacity();
            }
        }
        return bytes;
    }

    /** The connection is gone: drops what was not sent, and what is appended from now on. */
    public void discard() {
        discarded = true;
        openHeader = null;
        sent(unsentBytes);
    }

    /** The first parts, up to the one that the turn ends with. */
    private ByteBuffer[] gathered() {
        int most = Math.min(count, GATHER_MAX);
        int parts = 0;
        for (long bytes = 0; parts < most && bytes < sendBytesLeft; parts++) {
            int index = index(parts);
            bytes += ends[index] - starts[index];
        }
        ByteBuffer[] gathered = new ByteBuffer[parts];
        for (int part = 0; part < parts; part++) {
            int index = index(part);
            gathered[part] = owners[index].slice(starts[index], ends[index] - starts[index]);
        }
        return gathered;
    }

    private void sent(long bytes) {
        unsentBytes -= bytes;
        sentBytes += bytes;
        long rest = bytes;
        while (rest > 0) {
            int length = ends[head] - starts[head];
            if (rest < length) {
                starts[head] += (int) rest;
                return;
            }
            rest -= length;
            PooledBuffer owner = owners[head];
            owners[head] = null;
            head = head + 1 & owners.length - 1;
            count--;
            owner.release();
        }
    }

    private int index(int part) {
        return head + part & owners.length - 1;
    }

    private void grow() {
        PooledBuffer[] oldOwners = owners;
        int[] oldStarts = starts;
        int[] oldEnds = ends;
        owners = new PooledBuffer[oldOwners.length * 2];
        starts = new int[owners.length];
        ends = new int[owners.length];
        for (int part = 0; part < count; part++) {
            int from = head + part & oldOwners.length - 1;
            owners[part] = oldOwners[from];
            starts[part] = oldStarts[from];
            ends[part] = oldEnds[from];
        }
        head = 0;
    }
}
