package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.wire.Region;

/** What a connection does with the PDUs of one phase (RFC 7143 4.2.6). Confined to the connection's thread. */
interface Phase {

    /** The longest data segment that the initiator may send. */
    int dataSegmentBytesMax();

    /**
     * Takes a PDU.
     *
     * @param opcode empty for a code that nobody knows
     * @param header holds BHS and AHS from {@code at} on, until this returns
     * @param data the data segment, until this returns
     * @param inPlace false when the data was put where {@link #destination} said
     */
    void pdu(Optional<Opcode> opcode, ByteBuffer header, int at, Region data, boolean inPlace);

    /**
     * A data segment is not what its digest says (RFC 7143 7.8).
     *
     * @param header holds BHS and AHS from {@code at} on, until this returns
     */
    void dataDigestError(Optional<Opcode> opcode, ByteBuffer header, int at);

    /**
     * Where a part of a data segment is to be put that did not come in one piece, with a reference for the caller; or
     * empty for a buffer of the segment's length.
     */
    Optional<Region> destination(Optional<Opcode> opcode, ByteBuffer header, int at, int done);

    /** Whether data is awaited that was asked for: the connection is then read however little memory there is. */
    boolean expectsData();

    /** Commands that were received and not answered. */
    int underWay();

    /** There is room in the output again. */
    void drained();

    /** About a second has passed. */
    void tick(long nanoTime);

    /** The connection is gone. True when what was under way on it waits for another. */
    boolean closed();
}
