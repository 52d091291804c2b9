package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final int TURN_BYTES = Output.Turn.SHORT.addedBytes();

    private final BufferPool pool = new BufferPool(64 << 20);
    private final Output output = new Output(new IoBuffers(pool), () -> {});
    private final Channel channel = new Channel();

    @Test
    void partsThatLieOneBehindTheOtherLeaveWithOneWrite() throws IOException {
        for (int part = 0; part < 10; part++) {
            int at = output.append(8);
            output.tail().bytes().putLong(at, part);
        }
        assertTrue(output.writeTo(channel));
        assertEquals(1, channel.writes);
        assertEquals(80, channel.bytes.size());
    }

    @Test
    void aConnectionThatAddedMuchWaitsForItsNextTurn() throws IOException {
        output.beginTurn(Output.Turn.SHORT);
        PooledBuffer buffer = pool.take(TURN_BYTES);
        output.append(buffer, 0, TURN_BYTES - 1);
        assertFalse(output.isFull());
        output.append(buffer, 0, 1);
        buffer.release();
        assertTrue(output.writeTo(channel));
        assertTrue(output.isFull(), "although all is sent");
        output.beginTurn(Output.Turn.SHORT);
        assertFalse(output.isFull());
    }

    @Test
    void whatHasGatheredLeavesInAsManyTurnsAsItTakes() throws IOException {
        PooledBuffer buffer = pool.take(TURN_BYTES);
        for (int piece = 0; piece < 3; piece++) {
            output.append(48);
            output.append(buffer, 0, TURN_BYTES);
        }
        buffer.release();
        for (int turn = 1; turn <= 3; turn++) {
            output.beginTurn(Output.Turn.SHORT);
            assertTrue(output.writeTo(channel), "the channel has room");
            assertEquals(turn * (48 + TURN_BYTES), channel.bytes.size());
            assertEquals(48 + TURN_BYTES, output.sentInTurn());
            assertTrue(output.turnIsOver());
        }
        assertTrue(output.isEmpty());
    }

    @Test
    void afterItsEndItKeepsNothing() {
        long before = pool.takenBytes();
        output.append(48);
        output.discard();
        PooledBuffer buffer = pool.take(TURN_BYTES);
        output.append(buffer, 0, TURN_BYTES);
        output.digestHeader(buffer, 0);
        buffer.release();
        assertTrue(output.isEmpty());
        assertEquals(before, pool.takenBytes());
    }

    @Test
    void aChannelThatTakesNoMoreIsTold() throws IOException {
        output.beginTurn(Output.Turn.SHORT);
        output.append(100);
        channel.room = 60;
        assertFalse(output.writeTo(channel));
        assertEquals(60, output.sentInTurn());
        assertFalse(output.turnIsOver());
    }

    @Test
    void whatTheChannelDoesNotTakeStaysInOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long memory = pool.takenBytes();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(5000) + 1];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            if (random.nextBoolean()) {
                int at = output.append(bytes.length);
                output.tail().bytes().put(at, bytes);
            } else {
                PooledBuffer buffer = pool.take(bytes.length + 100);
                buffer.bytes().put(77, bytes);
                output.append(buffer, 77, bytes.length);
                buffer.release();
            }
            channel.room = random.nextInt(8000);
            output.writeTo(channel);
        }
        channel.room = Integer.MAX_VALUE;
        assertTrue(output.writeTo(channel));
        assertArrayEquals(expected.toByteArray(), channel.bytes.toByteArray(), "seed " + seed);
        assertEquals(memory, pool.takenBytes());
        assertEquals(expected.size(), output.sentBytes());
    }

    @Test
    void whatIsDiscardedGivesItsMemoryBack() {
        long memory = pool.takenBytes();
        PooledBuffer buffer = pool.take(70_000);
        output.append(buffer, 0, 70_000);
        buffer.release();
        output.append(100);
        assertFalse(output.isEmpty());
        output.discard();
        assertTrue(output.isEmpty());
        assertEquals(memory, pool.takenBytes());
    }

    /** Takes so many bytes. */
    private static final class Channel implements GatheringByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;
        private int writes;

        @Override
        public int write(ByteBuffer source) {
            writes++;
            byte[] piece = new byte[Math.min(room, source.remaining())];
            source.get(piece);
            bytes.writeBytes(piece);
            room -= piece.length;
            return piece.length;
        }

        @Override
        public long write(ByteBuffer[] sources) {
            return write(sources, 0, sources.length);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            long count = 0;
            for (int index = offset; index < offset + length; index++) {
                count += write(sources[index]);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
