package org.lunaria.iscsi.internal.wire;

import java.nio.ByteBuffer;

/** What the session layer gets to know of a {@link Wire}. Called on its thread. */
public interface WireListener {

    /** Whether bytes that are there may be read now. If not, {@link Wire#reading} follows when they may. */
    boolean mayRead();

    /**
     * A header is there whole, and as its digest says.
     *
     * @param header holds BHS and AHS from {@code at} on
     * @return whether the connection goes on: false when the PDU is longer than it may be or the connection is to be closed
     */
    boolean header(ByteBuffer header, int at);

    /** A header is not what its digest says: where the next PDU begins is not known, and nothing follows. */
    void headerDigestError();

    /**
     * Where a part of a data segment is to be put that is not there whole yet. Asked as often as the part does not
     * suffice.
     *
     * @param done bytes of the segment that have been placed already
     * @return with a reference for the caller, at most as long as the rest of the segment, at least one byte
     */
    Region destination(ByteBuffer header, int at, int done);

    /**
     * A PDU is there whole, and as its digests say.
     *
     * @param header holds BHS and AHS from {@code at} on
     * @param data the data segment in one piece, without padding; its bytes stay until this returns, or longer for who
     *     retains its buffer. Or, when it was put where {@link #destination} said, the last of these parts
     * @param inPlace whether {@code data} is the whole segment, somewhere in the read buffer
     */
    void pdu(ByteBuffer header, int at, Region data, boolean inPlace);

    /**
     * A data segment is not what its digest says: it is of no use, and what was put where {@link #destination} said is
     * not to be used either. The next PDU follows.
     *
     * @param header holds BHS and AHS from {@code at} on
     */
    void dataDigestError(ByteBuffer header, int at);

    /** Every PDU that the bytes held was given. The output leaves when this returns. */
    void received();

    /** The output that was full ({@link Output#isFull}) is not any more. */
    void drained();

    /** Commands that were received and not answered. */
    int underWay();

    /** About a second has passed. */
    void tick(long nanoTime);

    /** The connection is gone. Nothing follows. */
    void closed();
}
