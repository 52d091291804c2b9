package org.lunaria.iscsi.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Pdu;

/**
 * Cuts the bytes of one connection into PDUs. What is whole in the read buffer is handed over where it lies. A data
 * segment that is not is put where its destination is, first what has come, then the rest straight from the socket. Only
 * the beginning of a header is ever kept here. Digests are checked where the bytes lie, before anybody sees a header, and
 * before a PDU is handed over as whole. Confined to the I/O thread.
 */
public final class Receiver {
    /** From this size on a data segment is rather received in its place than copied there. */
    private static final int BULK_BYTES = 32 * 1024;

    /** What is read at a time beside bulk data: the next header, and of its data what comes cheaper than another call. */
    private static final int BESIDE_BULK_BYTES = 4 * 1024;

    private final IoBuffers buffers;
    private final WireListener listener;
    private final ByteBuffer header = ByteBuffer.allocate(Framing.HEADER_BYTES_MAX);
    private final ByteBuffer trailer = ByteBuffer.allocate(Framing.TRAILER_BYTES_MAX);
    private final Checksum checksum = new Checksum();
    private Framing framing = Framing.PLAIN;
    private boolean open = true;

    /** Bytes of an incomplete header that are kept in {@link #header}. */
    private int headerKept;

    /** Whether {@link #header} is whole, and its data segment is being put into place. */
    private boolean inSegment;

    /** Whether the last data segment was large: then the next one is likely to be. */
    private boolean bulk;

    private int segmentBytes;
    private int segmentDone;
    private int trailerBytes;
    private int trailerDone;
    private Region destination = Region.EMPTY;
    private int destinationFilled;
    private int pdusInRead;

    public Receiver(IoBuffers buffers, WireListener listener) {
        this.buffers = buffers;
        this.listener = listener;
    }

    /** What the PDUs from the next one on are framed with. */
    public void framing(Framing next) {
        framing = next;
    }

    /**
     * Reads once and hands over what is whole.
     *
     * @return bytes read, or -1 at the end of the stream
     */
    public long readFrom(ScatteringByteChannel channel) throws IOException {
        pdusInRead = 0;
        PooledBuffer readBuffer = buffers.readBuffer();
        ByteBuffer bytes = begin(readBuffer);
        if (bulk) {
            bytes.limit(bytes.position() + BESIDE_BULK_BYTES);
        }
        long count;
        if (destination != Region.EMPTY && destinationFilled < destination.length()) {
            ByteBuffer rest = destination
                    .part(destinationFilled, destination.length() - destinationFilled)
                    .slice();
            count = channel.read(new ByteBuffer[] {rest, bytes});
            placed(rest.position());
        } else {
            count = channel.read(bytes);
        }
        if (count > 0) {
            handOver(readBuffer, bytes.flip());
        }
        return count;
    }

    /** Takes bytes that something else has read, as a TLS engine or a test. */
    public void receive(ByteBuffer source) {
        while (source.hasRemaining() && open) {
            PooledBuffer readBuffer = buffers.readBuffer();
            ByteBuffer bytes = begin(readBuffer);
            int count = Math.min(bytes.remaining(), source.remaining());
            bytes.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            handOver(readBuffer, bytes.flip());
        }
    }

    /** PDUs that the last read made whole. */
    public int pdusInRead() {
        return pdusInRead;
    }

    /** Whether a PDU has come in part, so that the rest is on its way. */
    public boolean isInPdu() {
        return inSegment || headerKept > 0;
    }

    /** Ends it: nothing more is handed over, from within a callback too. */
    public void close() {
        open = false;
        letDestinationGo();
    }

    private ByteBuffer begin(PooledBuffer readBuffer) {
        ByteBuffer bytes = readBuffer.bytes().clear();
        if (!inSegment && headerKept > 0) {
            bytes.put(header.slice(0, headerKept));
            headerKept = 0;
        }
        return bytes;
    }

    private void handOver(PooledBuffer readBuffer, ByteBuffer bytes) {
        int limit = bytes.limit();
        int at = 0;
        while (open) {
            if (inSegment) {
                at = place(bytes, at, limit);
                if (inSegment) {
                    break;
                }
                finishSegment();
                continue;
            }
            int next = pdu(readBuffer, bytes, at, limit);
            if (next == at) {
                break;
            }
            at = next;
        }
        if (open) {
            listener.received();
        }
    }

    /** Takes the PDU at an index, and returns where the next one begins: the same index when there is no whole header. */
    private int pdu(PooledBuffer readBuffer, ByteBuffer bytes, int at, int limit) {
        int have = limit - at;
        int headerBytes = have < Framing.BHS_BYTES ? Integer.MAX_VALUE : framing.headerBytes(Pdu.ahsBytes(bytes, at));
        if (have < headerBytes) {
            header.put(0, bytes, at, have);
            headerKept = have;
            return at;
        }
        if (framing.headerDigest() && !headerIsSound(readBuffer, at, headerBytes)) {
            open = false;
            listener.headerDigestError();
            return at;
        }
        if (!listener.header(bytes, at)) {
            open = false;
            return at;
        }
        int data = Pdu.dataSegmentBytes(bytes, at);
        bulk = data >= BULK_BYTES;
        int trailing = framing.trailerBytes(data);
        if (have < headerBytes + data + trailing) {
            header.put(0, bytes, at, headerBytes);
            inSegment = true;
            segmentBytes = data;
            segmentDone = 0;
            trailerBytes = trailing;
            trailerDone = 0;
            checksum.begin();
            return at + headerBytes;
        }
        pdusInRead++;
        int from = at + headerBytes;
        if (data > 0 && framing.dataDigest() && !dataIsSound(readBuffer, from, data)) {
            listener.dataDigestError(bytes, at);
        } else {
            listener.pdu(bytes, at, data == 0 ? Region.EMPTY : new Region(readBuffer, from, data), true);
        }
        return from + data + trailing;
    }

    /** Puts what has come of a data segment into its place, and returns the index behind it. */
    private int place(ByteBuffer bytes, int from, int limit) {
        int at = from;
        while (segmentDone < segmentBytes) {
            if (destinationFilled == destination.length()) {
                letDestinationGo();
                destination = listener.destination(header, 0, segmentDone);
            }
            int count = Math.min(destination.length() - destinationFilled, limit - at);
            if (count == 0) {
                return at;
            }
            destination.buffer().bytes().put(destination.from() + destinationFilled, bytes, at, count);
            placed(count);
            at += count;
        }
        int count = Math.min(trailerBytes - trailerDone, limit - at);
        trailer.put(trailerDone, bytes, at, count);
        trailerDone += count;
        inSegment = trailerDone < trailerBytes;
        return at + count;
    }

    /** The next bytes of a data segment are in their place. */
    private void placed(int count) {
        if (framing.dataDigest()) {
            checksum.add(destination.buffer(), destination.from() + destinationFilled, count);
        }
        destinationFilled += count;
        segmentDone += count;
    }

    private void finishSegment() {
        pdusInRead++;
        Region last = destination;
        destination = Region.EMPTY;
        destinationFilled = 0;
        if (framing.dataDigest() && !segmentIsSound()) {
            listener.dataDigestError(header, 0);
        } else {
            listener.pdu(header, 0, last, false);
        }
        last.buffer().release();
    }

    private boolean headerIsSound(PooledBuffer readBuffer, int at, int headerBytes) {
        int covered = headerBytes - Framing.DIGEST_BYTES;
        return checksum.begin().add(readBuffer, at, covered).digest()
                == readBuffer.bytes().getInt(at + covered);
    }

    /** The digest of data covers its padding (RFC 7143 11.2.3). */
    private boolean dataIsSound(PooledBuffer readBuffer, int from, int data) {
        int covered = data + Framing.padding(data);
        return checksum.begin().add(readBuffer, from, covered).digest()
                == readBuffer.bytes().getInt(from + covered);
    }

    private boolean segmentIsSound() {
        int padding = trailerBytes - Framing.DIGEST_BYTES;
        return checksum.add(trailer.array(), 0, padding).digest() == trailer.getInt(padding);
    }

    private void letDestinationGo() {
        if (destination != Region.EMPTY) {
            destination.buffer().release();
        }
        destination = Region.EMPTY;
        destinationFilled = 0;
    }
}
