package org.lunaria.iscsi.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;

class ReceiverTest {
    private static final int SEGMENT_BYTES = 64 * 1024;

    private final BufferPool pool = new BufferPool(16 << 20);
    private final Placed placed = new Placed();
    private final Receiver receiver = new Receiver(new IoBuffers(pool), placed);

    @Test
    void bulkDataIsReceivedInItsPlace() throws IOException {
        long seed = System.nanoTime();
        byte[] data = new byte[16 * SEGMENT_BYTES];
        new Random(seed).nextBytes(data);
        Stream stream = new Stream(pdus(data));
        while (receiver.readFrom(stream) > 0) {
            // Until all is read.
        }
        assertArrayEquals(data, placed.bytes.toByteArray(), "seed " + seed);
        // The first read cannot know what comes; it brings as much as the read buffer holds.
        int rest = data.length - IoBuffers.READ_BYTES;
        assertTrue(stream.readInPlace > rest * 9 / 10, stream.readInPlace + " of " + rest + " bytes, seed " + seed);
        receiver.close();
    }

    @Test
    void manySmallRequestsComeWithOneRead() throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.writeBytes(pdus(new byte[SEGMENT_BYTES]));
        byte[] small = new byte[Framing.BHS_BYTES];
        for (int number = 0; number < 400; number++) {
            new DataOutPdu().create(ByteBuffer.wrap(small), 0).dataSegmentBytes(0);
            headers.writeBytes(small);
        }
        Stream stream = new Stream(headers.toByteArray());
        int reads = 0;
        while (receiver.readFrom(stream) > 0) {
            reads++;
        }
        assertEquals(401, placed.pdus);
        assertTrue(reads <= 3, reads + " reads");
        receiver.close();
    }

    @Test
    void itTellsHowManyPdusTheLastReadMadeWhole() throws IOException {
        byte[] one = new byte[Framing.BHS_BYTES];
        new DataOutPdu().create(ByteBuffer.wrap(one), 0).dataSegmentBytes(0);
        receiver.readFrom(new Stream(one));
        assertEquals(1, receiver.pdusInRead());
        byte[] two = new byte[2 * Framing.BHS_BYTES];
        System.arraycopy(one, 0, two, 0, one.length);
        System.arraycopy(one, 0, two, one.length, one.length);
        receiver.readFrom(new Stream(two));
        assertEquals(2, receiver.pdusInRead());
        byte[] large = pdus(new byte[IoBuffers.READ_BYTES / SEGMENT_BYTES * SEGMENT_BYTES]);
        Stream stream = new Stream(ByteBuffer.wrap(large, 0, 1000).slice());
        receiver.readFrom(stream);
        assertEquals(0, receiver.pdusInRead());
        receiver.close();
    }

    private static byte[] pdus(byte[] data) {
        ByteBuffer all = ByteBuffer.allocate(data.length + data.length / SEGMENT_BYTES * Framing.BHS_BYTES);
        for (int done = 0; done < data.length; done += SEGMENT_BYTES) {
            new DataOutPdu().create(all, all.position()).dataSegmentBytes(SEGMENT_BYTES);
            all.position(all.position() + Framing.BHS_BYTES).put(data, done, SEGMENT_BYTES);
        }
        return all.array();
    }

    /** A socket that has everything ready. */
    private static final class Stream implements ScatteringByteChannel {
        private final ByteBuffer bytes;
        private int readInPlace;

        Stream(byte[] bytes) {
            this(ByteBuffer.wrap(bytes));
        }

        Stream(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), bytes.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count == 0 ? -1 : count;
        }

        @Override
        public long read(ByteBuffer[] targets) {
            int inPlace = Math.max(0, read(targets[0]));
            readInPlace += inPlace;
            return inPlace + Math.max(0, read(targets[1]));
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Keeps what it is given, one behind the other. */
    private final class Placed implements WireListener {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int pdus;

        @Override
        public boolean mayRead() {
            return true;
        }

        @Override
        public boolean header(ByteBuffer header, int at) {
            return true;
        }

        @Override
        public Region destination(ByteBuffer header, int at, int done) {
            int length = Pdu.dataSegmentBytes(header, at) - done;
            return new Region(pool.take(length), 0, length);
        }

        @Override
        public void pdu(ByteBuffer header, int at, Region data, boolean inPlace) {
            pdus++;
            bytes.writeBytes(data.toArray());
        }

        @Override
        public void headerDigestError() {
            throw new AssertionError("there is no digest");
        }

        @Override
        public void dataDigestError(ByteBuffer header, int at) {
            throw new AssertionError("there is no digest");
        }

        @Override
        public void received() {
            // Nothing is answered.
        }

        @Override
        public int underWay() {
            return 0;
        }

        @Override
        public void drained() {
            // Nothing is sent.
        }

        @Override
        public void tick(long nanoTime) {
            // It does not wait.
        }

        @Override
        public void closed() {
            // Nothing is kept.
        }
    }
}
