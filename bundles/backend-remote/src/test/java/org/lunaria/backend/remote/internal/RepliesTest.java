package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.Operation.Kind;

/** Replies as "Structured reply chunk message" has them, whole and byte by byte, and such as no server may send. */
class RepliesTest {

    private static final long HANDLE = 77;
    private static final long CONTEXT = 3;

    private final List<Operation<?>> answered = new ArrayList<>();
    private Operation<?> operation =
            new Operation<>(Kind.READ, 1024, 1024, ByteBuffer.allocateDirect(1024), false, false);

    private final Replies replies =
            new Replies(new Export(1 << 20, Nbd.HAS_FLAGS, 1, 4096, 1 << 25, true, CONTEXT), new Replies.Owner() {
                @Override
                public Operation<?> find(long handle) throws Refusal {
                    if (handle != HANDLE) {
                        throw Refusal.nonsense("handle");
                    }
                    return operation;
                }

                @Override
                public void answered(Operation<?> done) {
                    answered.add(done);
                }
            });

    @Test
    void dataAndHolesOfAReadComeInAnyOrderAndAnyPieces() throws Refusal {
        for (int piece : new int[] {1, 7, 4096}) {
            answered.clear();
            operation = new Operation<>(Kind.READ, 1024, 1024, ByteBuffer.allocateDirect(1024), false, false);
            operation.beginPart(1 << 20);
            byte[] bytes = TestIo.pattern(piece, 512);
            ByteBuffer in = chunk(
                    0, Nbd.CHUNK_OFFSET_HOLE, 12, body -> body.putLong(1024).putInt(512));
            ByteBuffer data = chunk(
                    1, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(1536).put(bytes));
            take(piece, in, data);
            assertEquals(1, answered.size());
            byte[] read = new byte[512];
            operation.dataAt(1536, 512).get(read);
            assertArrayEquals(bytes, read);
            operation.dataAt(1024, 512).get(read);
            assertArrayEquals(new byte[512], read);
        }
    }

    @Test
    void theLastChunkMayComeFirst() throws Refusal {
        ByteBuffer last = data(0, 1536, (byte) 2);
        ByteBuffer first = data(1, 1024, (byte) 1);
        assertArrayEquals(bytes((byte) 1, (byte) 2), readOver((byte) 9, last, first));
    }

    @Test
    void whatIsNotSentIsNotWhatWasInTheBufferBefore() throws Refusal {
        assertArrayEquals(
                bytes((byte) 0, (byte) 3), readOver((byte) 9, data(0, 1536, (byte) 2), data(1, 1536, (byte) 3)));
        ByteBuffer again = data(1, 1024, (byte) 3);
        assertThrows(Refusal.class, () -> readOver((byte) 9, data(0, 1024, (byte) 2), again));
    }

    /** What is in the buffer of a read afterwards. @param before what is in it at first */
    private byte[] readOver(byte before, ByteBuffer... chunks) throws Refusal {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
        for (int at = 0; at < buffer.capacity(); at++) {
            buffer.put(at, before);
        }
        operation = new Operation<>(Kind.READ, 1024, 1024, buffer, false, false);
        operation.beginPart(1 << 20);
        take(4096, chunks);
        byte[] read = new byte[1024];
        operation.dataAt(1024, 1024).get(read);
        return read;
    }

    /** A chunk of 512 bytes. */
    private static ByteBuffer data(int flags, long offset, byte each) {
        byte[] bytes = new byte[512];
        Arrays.fill(bytes, each);
        return chunk(
                flags, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(offset).put(bytes));
    }

    private static byte[] bytes(byte first, byte second) {
        byte[] bytes = new byte[1024];
        Arrays.fill(bytes, 0, 512, first);
        Arrays.fill(bytes, 512, 1024, second);
        return bytes;
    }

    @Test
    void anErrorHasItsTextAndItsOffset() throws Refusal {
        operation.beginPart(1 << 20);
        byte[] text = "disk\nbroken".getBytes(StandardCharsets.UTF_8);
        take(
                1,
                chunk(
                        1,
                        Nbd.CHUNK_ERROR_OFFSET,
                        14 + text.length,
                        body -> body.putInt(5)
                                .putShort((short) text.length)
                                .put(text)
                                .putLong(1536)));
        assertEquals(ServerError.EIO, operation.error);
        assertEquals("disk broken", operation.errorText);
        assertEquals(1536, operation.errorOffset);
    }

    @Test
    void descriptorsOfOtherContextsDoNotCount() throws Refusal {
        ExtentsOperation status = new ExtentsOperation(0, 4096, 512);
        operation = status;
        operation.beginPart(1 << 20);
        take(
                1,
                chunk(
                        0,
                        Nbd.CHUNK_BLOCK_STATUS,
                        12,
                        body -> body.putInt(9).putInt(4096).putInt(3)),
                chunk(
                        1,
                        Nbd.CHUNK_BLOCK_STATUS,
                        12,
                        body -> body.putInt((int) CONTEXT).putInt(4096).putInt(2)));
        status.succeed();
        assertEquals(List.of(new Extent(0, 4096, Mapping.ZERO)), TestIo.await(status));
    }

    @Test
    void whatNoServerMaySendEndsTheConnection() {
        refused(chunk(1, Nbd.CHUNK_NONE, 0, body -> {}));
        refused(chunk(0, Nbd.CHUNK_NONE, 0, body -> {}));
        refused(chunk(1, Nbd.CHUNK_NONE, 8, body -> body.putLong(0)));
        refused(chunk(1, 4, 8, body -> body.putLong(0)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 8, body -> body.putLong(1024)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 0x7fffffff, body -> body.putLong(1024)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(1023)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(1537)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(-1)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_DATA, 520, body -> body.putLong(Long.MAX_VALUE)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_HOLE, 12, body -> body.putLong(1024).putInt(0)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_HOLE, 12, body -> body.putLong(1024).putInt(-1)));
        refused(chunk(1, Nbd.CHUNK_OFFSET_HOLE, 12, body -> body.putLong(1024).putInt(512)));
        refused(chunk(
                1,
                Nbd.CHUNK_BLOCK_STATUS,
                12,
                body -> body.putInt(3).putInt(4096).putInt(0)));
        refused(chunk(1, Nbd.CHUNK_ERROR_BIT + 1, 5, body -> body.putInt(5).put((byte) 0)));
        refused(chunk(1, Nbd.CHUNK_ERROR_BIT + 1, 6, body -> body.putInt(0).putShort((short) 0)));
        refused(chunk(1, Nbd.CHUNK_ERROR_BIT + 1, 6, body -> body.putInt(5).putShort((short) 1)));
        refused(chunk(1, Nbd.CHUNK_ERROR_BIT + 9, 1 << 20, body -> body.putInt(5)));
        refused(ByteBuffer.allocate(16)
                .putInt(Nbd.SIMPLE_REPLY_MAGIC)
                .putInt(0)
                .putLong(HANDLE)
                .flip());
        refused(ByteBuffer.allocate(4).putInt(0).flip());
        ExtentsOperation status = new ExtentsOperation(0, 4096, 512);
        operation = status;
        refused(chunk(1, Nbd.CHUNK_NONE, 0, body -> {}));
        refused(chunk(
                1, Nbd.CHUNK_BLOCK_STATUS, 12, body -> body.putInt(3).putInt(0).putInt(0)));
        refused(chunk(
                1,
                Nbd.CHUNK_BLOCK_STATUS,
                13,
                body -> body.putInt(3).putInt(1).putInt(0).put((byte) 0)));
        assertTrue(answered.isEmpty());
    }

    @Test
    void randomBytesEndTheConnectionOrWaitForMore() {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("RepliesTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            operation = random.nextBoolean()
                    ? new ExtentsOperation(0, 4096, 512)
                    : new Operation<>(Kind.READ, 1024, 1024, ByteBuffer.allocateDirect(1024), false, false);
            operation.beginPart(1 << 20);
            int type = new int[] {0, 1, 2, 5, 32769, 32770, random.nextInt(65536)}[random.nextInt(7)];
            int length = random.nextInt(40);
            ByteBuffer in = chunk(random.nextInt(2), type, length, body -> body.putLong(random.nextInt(3000)));
            for (int at = 24; at < in.limit(); at++) {
                in.put(at, (byte) random.nextInt(random.nextBoolean() ? 3 : 256));
            }
            Replies fresh = new Replies(
                    new Export(1 << 20, Nbd.HAS_FLAGS, 1, 4096, 1 << 25, true, CONTEXT), new Replies.Owner() {
                        @Override
                        public Operation<?> find(long handle) {
                            return operation;
                        }

                        @Override
                        public void answered(Operation<?> done) {
                            answered.add(done);
                        }
                    });
            try {
                fresh.take(in);
            } catch (Refusal e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }

    private void refused(ByteBuffer in) {
        operation.beginPart(1 << 20);
        assertThrows(Refusal.class, () -> replies.take(in));
    }

    /** Hands over as many bytes at a time; what is not whole stays, as in the buffer of a connection. */
    private void take(int piece, ByteBuffer... chunks) throws Refusal {
        ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        for (ByteBuffer chunk : chunks) {
            while (chunk.hasRemaining()) {
                int part = Math.min(piece, chunk.remaining());
                in.put(chunk.slice(chunk.position(), part));
                chunk.position(chunk.position() + part);
                replies.take(in.flip());
                in.compact();
            }
        }
    }

    /** @param length as its header says */
    private static ByteBuffer chunk(int flags, int type, int length, Consumer<ByteBuffer> body) {
        ByteBuffer chunk = ByteBuffer.allocate(4096);
        chunk.putInt(Nbd.CHUNK_MAGIC).putShort((short) flags).putShort((short) type);
        chunk.putLong(HANDLE).putInt(length);
        body.accept(chunk);
        if (length < 2048) {
            chunk.position(Math.max(chunk.position(), Nbd.CHUNK_BYTES + length));
        }
        return chunk.flip();
    }
}
