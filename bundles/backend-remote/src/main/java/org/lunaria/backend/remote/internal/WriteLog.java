package org.lunaria.backend.remote.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Changes that a server has acknowledged and that no flush has covered yet, with their bytes, in the order in which they
 * were done: what a server may lose that dies now (decision 0009). A ring, whose memory is taken when it is needed first.
 * Confined to the thread of its volume.
 *
 * <p>Overlapping changes are never under way together, so that the order of their completions is their order in the store.
 */
final class WriteLog {

    private static final int SEGMENT_BYTES = 1 << 20;

    /** What an entry takes besides its data, about. */
    private static final int ENTRY_BYTES = 128;

    /** @param position of its data in the ring, counted from the beginning of time */
    private record Entry(Operation.Kind kind, long offset, long length, boolean mayUnmap, long position, long bytes) {}

    private final byte[][] segments;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long tail;
    private long usedBytes;
    private long reservedBytes;
    private long appended;

    /** @param capacityBytes a multiple of 1 MiB, at least 4 MiB */
    WriteLog(long capacityBytes) {
        segments = new byte[Math.toIntExact(capacityBytes / SEGMENT_BYTES)][];
    }

    long capacityBytes() {
        return (long) segments.length * SEGMENT_BYTES;
    }

    /** Whether there is neither an entry nor room reserved for one. */
    boolean isIdle() {
        return entries.isEmpty() && reservedBytes == 0;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean isHalfFull() {
        return usedBytes > capacityBytes() / 2;
    }

    /** Sees to it that a change can be appended when it is done; false when there is no room. */
    boolean reserve(Operation<?> change) {
        if (usedBytes + reservedBytes + needs(change) > capacityBytes()) {
            return false;
        }
        reservedBytes += needs(change);
        change.reserved = true;
        return true;
    }

    /** A change for which there is room was not done. */
    void cancel(Operation<?> change) {
        reservedBytes -= needs(change);
        change.reserved = false;
    }

    /** A change for which there is room was done. Copies its data. */
    void append(Operation<?> change) {
        cancel(change);
        entries.add(new Entry(change.kind, change.offset, change.length, change.mayUnmap, tail, needs(change)));
        appended++;
        usedBytes += needs(change);
        if (change.data != null) {
            copy(change.dataAt(change.offset, (int) change.length));
        }
    }

    /** Stands for all that was appended up to now. */
    long mark() {
        return appended;
    }

    /** Everything up to a mark is durable. */
    void release(long mark) {
        while (appended - entries.size() < mark && !entries.isEmpty()) {
            usedBytes -= entries.poll().bytes();
        }
        if (entries.isEmpty()) {
            // The segments at the beginning are used again and the others stay untouched under a light load.
            tail = 0;
        }
    }

    /**
     * Everything that is in it as operations that do it again, in order.
     *
     * @param zeroes whether the server knows them still; else they are written
     */
    ArrayDeque<Operation<?>> replay(boolean zeroes) {
        ArrayDeque<Operation<?>> operations = new ArrayDeque<>(entries.size());
        for (Entry entry : entries) {
            if (entry.kind() == Operation.Kind.WRITE) {
                operations.add(again(entry, entry.offset(), entry.length(), data(entry)));
            } else if (zeroes) {
                operations.add(again(entry, entry.offset(), entry.length(), null));
            } else {
                writeZeroes(entry, operations);
            }
        }
        return operations;
    }

    private static void writeZeroes(Entry entry, ArrayDeque<Operation<?>> operations) {
        ByteBuffer zeroes = ByteBuffer.allocate((int) Math.min(SEGMENT_BYTES, entry.length()));
        long end = entry.offset() + entry.length();
        for (long at = entry.offset(); at < end; at += SEGMENT_BYTES) {
            int bytes = (int) Math.min(zeroes.capacity(), end - at);
            operations.add(again(entry, at, bytes, zeroes.duplicate().limit(bytes)));
        }
    }

    private static Operation<?> again(Entry entry, long offset, long length, ByteBuffer data) {
        Operation.Kind kind = data == null ? entry.kind() : Operation.Kind.WRITE;
        Operation<?> operation = new Operation<Void>(kind, offset, length, data, false, entry.mayUnmap());
        operation.internal = true;
        return operation;
    }

    private void copy(ByteBuffer source) {
        while (source.hasRemaining()) {
            int index = (int) (tail / SEGMENT_BYTES % segments.length);
            int within = (int) (tail % SEGMENT_BYTES);
            if (segments[index] == null) {
                segments[index] = new byte[SEGMENT_BYTES];
            }
            int part = Math.min(source.remaining(), SEGMENT_BYTES - within);
            source.get(segments[index], within, part);
            tail += part;
        }
    }

    private ByteBuffer data(Entry entry) {
        int index = (int) (entry.position() / SEGMENT_BYTES % segments.length);
        int within = (int) (entry.position() % SEGMENT_BYTES);
        int length = (int) entry.length();
        if (within + length <= SEGMENT_BYTES) {
            return ByteBuffer.wrap(segments[index], within, length);
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        int first = SEGMENT_BYTES - within;
        whole.put(segments[index], within, first);
        whole.put(segments[(index + 1) % segments.length], 0, length - first);
        return whole.flip();
    }

    private static long needs(Operation<?> change) {
        return ENTRY_BYTES + change.dataBytes();
    }
}
