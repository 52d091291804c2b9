package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.iscsi.internal.wire.WireListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an initiator: first in the login phase, then in the full feature phase. Confined to its I/O thread.
 * Whatever an initiator sends costs its own connection at most.
 */
final class Connection implements WireListener {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Wire wire;
    private Phase phase;
    private String name;
    private boolean closing;
    private boolean outputFull;
    private boolean memoryShort;

    /** @param portal by whose rules it logs in */
    Connection(Wire wire, PortalGroup portal) {
        this.wire = wire;
        this.name = Addresses.text(wire.peerAddress());
        this.phase = new LoginPhase(this, portal);
    }

    Wire wire() {
        return wire;
    }

    /** The login is over. */
    void enter(Phase next, String newName) {
        phase = next;
        name = newName;
    }

    /** Closes at once; the reason goes to the log, unless the connection is closing already. */
    void close(String why) {
        if (!closing) {
            closing = true;
            LOG.info("dropped {}: {}", name, why);
        }
        wire.close();
    }

    /** Likewise, when what is in the output has been sent. */
    void closeWhenSent(String why) {
        LOG.info("dropped {}: {}", name, why);
        closeWhenSent();
    }

    /** Closes when what is in the output has been sent; nothing more is taken from the initiator. */
    void closeWhenSent() {
        closing = true;
        wire.reading(false);
        wire.closeWhenSent();
    }

    @Override
    public boolean header(ByteBuffer header, int at) {
        int bytes = Pdu.dataSegmentBytes(header, at);
        if (bytes > phase.dataSegmentBytesMax()) {
            close("a data segment of " + bytes + " bytes, where " + phase.dataSegmentBytesMax() + " are allowed");
        }
        return !closing;
    }

    @Override
    public void headerDigestError() {
        close("the digest of a header does not match");
    }

    @Override
    public Region destination(ByteBuffer header, int at, int done) {
        return phase.destination(Pdu.opcode(header, at), header, at, done).orElseGet(() -> {
            int bytes = Pdu.dataSegmentBytes(header, at) - done;
            PooledBuffer buffer = wire.buffers().pool().take(bytes);
            return new Region(buffer, 0, bytes);
        });
    }

    @Override
    public void pdu(ByteBuffer header, int at, Region data, boolean inPlace) {
        if (!closing) {
            phase.pdu(Pdu.opcode(header, at), header, at, data, inPlace);
        }
    }

    @Override
    public void dataDigestError(ByteBuffer header, int at) {
        if (!closing) {
            phase.dataDigestError(Pdu.opcode(header, at), header, at);
        }
    }

    @Override
    public void received() {
        outputFull = wire.output().isFull();
        if (!memoryShort && !wire.buffers().pool().hasRoom() && !phase.expectsData()) {
            memoryShort = true;
            wire.buffers()
                    .pool()
                    .whenRoom(
                            0,
                            () -> wire.later(() -> {
                                memoryShort = false;
                                readOrNot();
                            }));
        }
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
        if (!closing) {
            wire.reading(!outputFull && !memoryShort);
        }
    }

    @Override
    public void tick(long nanoTime) {
        // An initiator that is not listened to cannot be reproached with silence.
        if (!closing && !memoryShort) {
            phase.tick(nanoTime);
        }
    }

    @Override
    public void closed() {
        if (!closing) {
            closing = true;
            LOG.info("dropped {}: the initiator closed the connection", name);
        }
        phase.closed();
    }

    @Override
    public String toString() {
        return name;
    }
}
