package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.event.EventKind;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.session.ConnectionState.Event;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;

/**
 * One connection of an initiator, in the states of {@link ConnectionState}: first in the login phase, then in the full
 * feature phase. Confined to its I/O thread, but for {@link #state}.
 * Whatever an initiator sends costs its own connection at most.
 */
final class Connection implements WireListener {
    /** An initiator that takes nothing for so long is gone, whatever it sends. */
    private static final int STUCK_SECONDS = 90;

    private final Wire wire;
    private final BufferPool pool;
    private Phase phase;
    private String name;
    private volatile ConnectionState state =
            ConnectionState.FREE.after(Event.CONNECTED).orElseThrow();
    private boolean closed;
    private boolean outputFull;

    /** For the memory that one read may take; while it is in the pool's queue nothing is read. Or null. */
    private BufferPool.Waiter read;

    private boolean readGranted;

    /** Whether a data segment has begun to come that was not there whole. */
    private boolean inSegment;

    private long sentBytes;
    private int stuckSeconds;

    /** @param portal by whose rules it logs in */
    Connection(Wire wire, PortalGroup portal) {
        this.wire = wire;
        this.pool = wire.buffers().pool();
        this.name = Addresses.text(wire.peerAddress());
        this.phase = new LoginPhase(this, portal);
    }

    Wire wire() {
        return wire;
    }

    /** For listings too, by anybody. */
    ConnectionState state() {
        return state;
    }

    /** Something happens to it. False when that changes nothing. */
    boolean happens(Event event) {
        Optional<ConnectionState> next = state.after(event);
        next.ifPresent(entered -> state = entered);
        return next.isPresent();
    }

    /** The login is over. */
    void enter(Phase next, String newName) {
        happens(Event.LOGIN_DONE);
        phase = next;
        name = newName;
    }

    /** Closes at once, for cause; the reason goes to the log, unless the connection is over already. */
    void close(String why) {
        close(Event.LOST, why);
    }

    /** Likewise, where something else than a fault ends it, unless a login is under way: that is lost. */
    void close(Event event, String why) {
        if (happens(event) || happens(Event.LOST)) {
            EventKind.CONNECTION.tell("dropped {}: {}", name, why);
        }
        wire.close();
    }

    /** Closes for cause when what is in the output has been sent. */
    void closeWhenSent(String why) {
        EventKind.CONNECTION.tell("dropped {}: {}", name, why);
        closeWhenSent(Event.LOST);
    }

    /** Closes when what is in the output has been sent; nothing more is taken from the initiator. */
    void closeWhenSent(Event event) {
        happens(event);
        wire.reading(false);
        wire.closeWhenSent();
    }

    @Override
    public boolean header(ByteBuffer header, int at) {
        int bytes = Pdu.dataSegmentBytes(header, at);
        if (bytes > phase.dataSegmentBytesMax()) {
            close("a data segment of " + bytes + " bytes, where " + phase.dataSegmentBytesMax() + " are allowed");
        }
        return !state.isOver();
    }

    @Override
    public void headerDigestError() {
        close("the digest of a header does not match");
    }

    @Override
    public Region destination(ByteBuffer header, int at, int done) {
        inSegment = true;
        Optional<Opcode> opcode = Pdu.opcode(header, at);
        return phase.destination(opcode, header, at, done).orElseGet(() -> {
            int bytes = Pdu.dataSegmentBytes(header, at) - done;
            if (mayBeLost(opcode)) {
                return wire.buffers().sink(bytes);
            }
            return new Region(pool.take(bytes), 0, bytes);
        });
    }

    /** Data that nobody wants: a command is refused then. */
    private boolean mayBeLost(Optional<Opcode> opcode) {
        return opcode.filter(Opcode.DATA_OUT::equals).isPresent()
                || opcode.filter(Opcode.SCSI_COMMAND::equals).isPresent() && !pool.hasSpare();
    }

    @Override
    public void pdu(ByteBuffer header, int at, Region data, boolean inPlace) {
        inSegment = false;
        if (!state.isOver()) {
            phase.pdu(Pdu.opcode(header, at), header, at, data, inPlace);
        }
    }

    @Override
    public void dataDigestError(ByteBuffer header, int at) {
        inSegment = false;
        if (!state.isOver()) {
            phase.dataDigestError(Pdu.opcode(header, at), header, at);
        }
    }

    /**
     * When memory is short this waits for its turn to read, unless data is to come that the initiator was asked for: the
     * memory for that is reserved.
     */
    @Override
    public boolean mayRead() {
        if (read != null) {
            return readGranted;
        }
        if (pool.hasRoom() || phase.expectsData()) {
            return true;
        }
        read = pool.await(
                BufferPool.Purpose.READ,
                pool.nobody(),
                pool.number(),
                IoBuffers.READ_BYTES,
                () -> wire.later(this::grantRead));
        readOrNot();
        return false;
    }

    private void grantRead() {
        readGranted = true;
        if (closed || outputFull) {
            endGrantedRead();
        }
        readOrNot();
    }

    private void endGrantedRead() {
        if (readGranted) {
            readGranted = false;
            pool.unreserve(BufferPool.Purpose.READ, pool.nobody(), read.bytes(), true);
            read = null;
        }
    }

    /** Data was asked for, which is read whoever waits for memory. */
    void readSolicited() {
        if (mustNotRead() && pool.cancel(read)) {
            read = null;
            readOrNot();
        }
    }

    /** The number in the pool's queue of what is being read now. */
    long readNumber() {
        return readGranted ? read.number() : BufferPool.NO_NUMBER;
    }

    private boolean mustNotRead() {
        return read != null && !readGranted;
    }

    @Override
    public void received() {
        outputFull = wire.output().isFull();
        endGrantedRead();
        readOrNot();
    }

    @Override
    public void drained() {
        outputFull = false;
        phase.drained();
        readOrNot();
    }

    @Override
    public int underWay() {
        return phase.underWay();
    }

    private void readOrNot() {
        if (!state.isOver()) {
            wire.reading(!outputFull && !mustNotRead());
        }
    }

    @Override
    public void tick(long nanoTime) {
        watchOutput();
        pool.look(nanoTime);
        // An initiator that is not listened to cannot be reproached with silence, unless it holds memory by it.
        if (!state.isOver() && (inSegment || !mustNotRead())) {
            phase.tick(nanoTime);
        }
    }

    /** Who does not take what is sent to it holds no more memory by it than that is long, and not for ever. */
    private void watchOutput() {
        Output output = wire.output();
        boolean stuck = !output.isEmpty() && output.sentBytes() == sentBytes;
        sentBytes = output.sentBytes();
        stuckSeconds = stuck ? stuckSeconds + 1 : 0;
        if (stuck) {
            output.compact();
        }
        if (stuckSeconds == STUCK_SECONDS) {
            close("it has taken nothing for " + STUCK_SECONDS + " seconds");
        }
    }

    @Override
    public void closed() {
        closed = true;
        if (happens(Event.LOST)) {
            EventKind.CONNECTION.tell("dropped {}: the initiator closed the connection", name);
        }
        if (mustNotRead() && pool.cancel(read)) {
            read = null;
        }
        endGrantedRead();
        if (!phase.closed()) {
            happens(Event.STATE_TIMED_OUT);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
