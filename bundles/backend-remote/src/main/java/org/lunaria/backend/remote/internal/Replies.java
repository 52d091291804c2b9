package org.lunaria.backend.remote.internal;

import java.nio.ByteBuffer;

/**
 * Reads the replies of "Transmission": simple ones and structured chunks. What a server sends is checked before it is
 * used; data goes straight into the caller's buffer. Confined to the thread of its volume.
 */
final class Replies {

    /** To whom the replies belong. */
    interface Owner {
        /** The operation under way with a handle, all of which was sent; anything else is nonsense. */
        Operation<?> find(long handle) throws Refusal;

        /** The part of the operation that is under way has its whole reply. */
        void answered(Operation<?> operation) throws Refusal;
    }

    private enum State {
        HEADER,
        DATA,
        DESCRIPTORS
    }

    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

    /** An error chunk or the fixed part of another. */
    private static final int SMALL_PAYLOAD_BYTES_MAX = 2 * Nbd.STRING_BYTES_MAX;

    private static final int DESCRIPTOR_BYTES = 8;
    private static final long STATUS_BYTES_MAX = 4 + (1L << 20) * DESCRIPTOR_BYTES;

    private final boolean structured;
    private final long allocation;
    private final Owner owner;

    private State state = State.HEADER;
    private Operation<?> operation;
    private boolean last;
    private ByteBuffer target = NOWHERE;
    private long descriptorBytes;
    private boolean counts;

    Replies(Export export, Owner owner) {
        this.structured = export.structured();
        this.allocation = export.allocation();
        this.owner = owner;
    }

    /** Where data is to be read to that comes next; without room, it is none. */
    ByteBuffer target() {
        return target;
    }

    /** What stands before the data of a read. */
    int headerBytes() {
        return structured ? Nbd.CHUNK_BYTES + 8 : Nbd.SIMPLE_REPLY_BYTES;
    }

    /** Looks at what came; leaves the beginning of what is not whole. */
    void take(ByteBuffer in) throws Refusal {
        while (step(in)) {
            // Goes on.
        }
    }

    private boolean step(ByteBuffer in) throws Refusal {
        return switch (state) {
            case HEADER -> header(in);
            case DATA -> data(in);
            case DESCRIPTORS -> descriptors(in);
        };
    }

    private boolean header(ByteBuffer in) throws Refusal {
        if (in.remaining() < 4) {
            return false;
        }
        int magic = in.getInt(in.position());
        if (magic == Nbd.SIMPLE_REPLY_MAGIC) {
            return simple(in);
        }
        if (magic == Nbd.CHUNK_MAGIC && structured) {
            return chunk(in);
        }
        throw Refusal.nonsense("a reply begins with " + Integer.toHexString(magic) + "h");
    }

    private boolean simple(ByteBuffer in) throws Refusal {
        if (in.remaining() < Nbd.SIMPLE_REPLY_BYTES) {
            return false;
        }
        in.getInt();
        int error = in.getInt();
        operation = owner.find(in.getLong());
        last = true;
        boolean read = operation.kind == Operation.Kind.READ;
        if (structured && (read || operation.kind == Operation.Kind.STATUS)) {
            throw Refusal.nonsense("a simple reply to a request that needs a structured one");
        }
        if (error != 0) {
            fail(error, "", -1);
            return end();
        }
        return read ? beginData(operation.partOffset(), operation.partBytes) : end();
    }

    private boolean chunk(ByteBuffer in) throws Refusal {
        if (in.remaining() < Nbd.CHUNK_BYTES) {
            return false;
        }
        int at = in.position();
        int type = Short.toUnsignedInt(in.getShort(at + 6));
        long length = Integer.toUnsignedLong(in.getInt(at + 16));
        int ahead = payloadAhead(type, length);
        if (in.remaining() < Nbd.CHUNK_BYTES + ahead) {
            return false;
        }
        operation = owner.find(in.getLong(at + 8));
        last = (in.getShort(at + 4) & Nbd.CHUNK_FLAG_DONE) != 0;
        ByteBuffer payload = in.slice(at + Nbd.CHUNK_BYTES, ahead);
        in.position(at + Nbd.CHUNK_BYTES + ahead);
        if ((type & Nbd.CHUNK_ERROR_BIT) != 0) {
            return errorChunk(type, payload);
        }
        return switch (type) {
            case Nbd.CHUNK_NONE -> none();
            case Nbd.CHUNK_OFFSET_DATA -> beginData(payload.getLong(), length - 8);
            case Nbd.CHUNK_OFFSET_HOLE -> hole(payload.getLong(), Integer.toUnsignedLong(payload.getInt()));
            default -> beginDescriptors(payload.getInt(), length - 4);
        };
    }

    /** How much of a chunk's payload must be there before it can be begun; also checks its length. */
    private static int payloadAhead(int type, long length) throws Refusal {
        boolean sane;
        long ahead = length;
        if ((type & Nbd.CHUNK_ERROR_BIT) != 0) {
            sane = length >= (type == Nbd.CHUNK_ERROR_OFFSET ? 14 : 6) && length <= SMALL_PAYLOAD_BYTES_MAX;
        } else if (type == Nbd.CHUNK_NONE) {
            sane = length == 0;
        } else if (type == Nbd.CHUNK_OFFSET_DATA) {
            sane = length > 8;
            ahead = 8;
        } else if (type == Nbd.CHUNK_OFFSET_HOLE) {
            sane = length == 12;
        } else if (type == Nbd.CHUNK_BLOCK_STATUS) {
            sane = length >= 4 + DESCRIPTOR_BYTES && length <= STATUS_BYTES_MAX && (length - 4) % DESCRIPTOR_BYTES == 0;
            ahead = 4;
        } else {
            throw Refusal.nonsense("a chunk of type " + type);
        }
        if (!sane) {
            throw Refusal.nonsense("a chunk of type " + type + " with " + length + " bytes");
        }
        return (int) ahead;
    }

    private boolean errorChunk(int type, ByteBuffer payload) throws Refusal {
        int error = payload.getInt();
        int messageBytes = Short.toUnsignedInt(payload.getShort());
        int rest = type == Nbd.CHUNK_ERROR_OFFSET ? 8 : 0;
        if (error == 0 || messageBytes > payload.remaining() - rest) {
            throw Refusal.nonsense("an error chunk with error " + error + " and a text of " + messageBytes + " bytes");
        }
        String text = ServerText.of(payload.slice(payload.position(), messageBytes));
        long offset = rest == 0 ? -1 : payload.getLong(payload.position() + messageBytes);
        fail(error, text, offset);
        return last ? end() : next();
    }

    private void fail(int error, String text, long offset) {
        if (operation.error == null) {
            operation.error = ServerError.of(error);
            operation.errorText = text;
            long begin = operation.partOffset();
            operation.errorOffset = offset >= begin && offset < begin + operation.partBytes ? offset : -1;
        }
    }

    private boolean none() throws Refusal {
        if (!last) {
            throw Refusal.nonsense("an empty chunk that is not the last");
        }
        return end();
    }

    private boolean hole(long offset, long length) throws Refusal {
        requireData(offset, length);
        zero(operation.dataAt(offset, (int) length));
        return last ? end() : next();
    }

    private static void zero(ByteBuffer zeroes) {
        while (zeroes.remaining() >= 8) {
            zeroes.putLong(0);
        }
        while (zeroes.hasRemaining()) {
            zeroes.put((byte) 0);
        }
    }

    private boolean beginData(long offset, long length) throws Refusal {
        requireData(offset, length);
        target = operation.dataAt(offset, (int) length);
        state = State.DATA;
        return true;
    }

    /** Data of a read lies within what was asked for, and is not more than that. */
    private void requireData(long offset, long length) throws Refusal {
        long from = operation.partOffset();
        long left = operation.partBytes - operation.toldBytes;
        if (operation.kind != Operation.Kind.READ
                || length <= 0
                || length > left
                || offset < from
                || offset - from > operation.partBytes - length) {
            throw Refusal.nonsense(
                    "it sends " + length + " bytes at " + Long.toUnsignedString(offset) + " that nobody asked for");
        }
        operation.toldBytes += length;
        if (offset > operation.toldEnd) {
            // To come yet. From a server that sends something twice instead, nobody gets what was in the buffer before.
            zero(operation.dataAt(operation.toldEnd, (int) (offset - operation.toldEnd)));
        }
        operation.toldEnd = Math.max(operation.toldEnd, offset + length);
    }

    private boolean data(ByteBuffer in) throws Refusal {
        int part = Math.min(in.remaining(), target.remaining());
        if (part > 0) {
            target.put(target.position(), in, in.position(), part);
            target.position(target.position() + part);
            in.position(in.position() + part);
        }
        if (target.hasRemaining()) {
            return false;
        }
        target = NOWHERE;
        return last ? end() : next();
    }

    private boolean beginDescriptors(int context, long bytes) throws Refusal {
        if (operation.kind != Operation.Kind.STATUS) {
            throw Refusal.nonsense("a block status that nobody asked for");
        }
        counts = Integer.toUnsignedLong(context) == allocation;
        descriptorBytes = bytes;
        state = State.DESCRIPTORS;
        return true;
    }

    private boolean descriptors(ByteBuffer in) throws Refusal {
        while (descriptorBytes > 0) {
            if (in.remaining() < DESCRIPTOR_BYTES) {
                return false;
            }
            long length = Integer.toUnsignedLong(in.getInt());
            long flags = Integer.toUnsignedLong(in.getInt());
            descriptorBytes -= DESCRIPTOR_BYTES;
            if (length == 0) {
                throw Refusal.nonsense("a block status of no bytes");
            }
            if (counts && operation instanceof ExtentsOperation extents) {
                extents.add(length, flags);
            }
        }
        return last ? end() : next();
    }

    private boolean end() throws Refusal {
        Operation<?> answered = operation;
        next();
        if (answered.error == null) {
            if (answered.kind == Operation.Kind.READ) {
                requireWhole(answered);
            }
            if (answered instanceof ExtentsOperation extents && extents.isEmpty()) {
                throw Refusal.nonsense("it answers a block status with nothing");
            }
        }
        owner.answered(answered);
        return true;
    }

    private static void requireWhole(Operation<?> read) throws Refusal {
        if (read.toldBytes != read.partBytes) {
            throw Refusal.nonsense("it answers a read with " + read.toldBytes + " of " + read.partBytes + " bytes");
        }
        if (read.toldEnd != read.partOffset() + read.partBytes) {
            throw Refusal.nonsense("it sends one part of a read twice, and another not at all");
        }
    }

    private boolean next() {
        operation = null;
        state = State.HEADER;
        return true;
    }
}
