package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.wire.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Data-Out PDUs (RFC 7143 11.7) to their tasks. Data of a task that is not there any more is dropped: it was on its
 * way when the task was aborted. Confined to the session's thread.
 */
final class DataOutRequests {
    private static final Logger LOG = LoggerFactory.getLogger(DataOutRequests.class);

    private final SessionConnection connection;
    private final Session session;
    private final DataOutPdu pdu = new DataOutPdu();

    /** An initiator whose data is damaged all the time is not to fill the log. */
    private boolean damageTold;

    /** The task whose data is being put into place piece by piece, or null when it goes nowhere. */
    private ScsiTask placing;

    /** Whether the data of a Data-Out comes into a buffer of its own, since its command came early. */
    private boolean apart;

    DataOutRequests(SessionConnection connection) {
        this.connection = connection;
        this.session = connection.session();
    }

    /** A Data-Out is there whole; {@code inPlace} when its data still lies in the read buffer. */
    void take(ByteBuffer header, int at, Region data, boolean inPlace) {
        pdu.wrap(header, at);
        session.receivedData(pdu.dataSegmentBytes());
        boolean whole = inPlace || apart;
        apart = false;
        Optional<EarlyCommand> early = early();
        if (early.isPresent()) {
            early.get().keep(pdu, header, at, Optional.of(data));
            return;
        }
        ScsiTask task = task();
        ScsiTask placed = whole ? place(task, data) : placing;
        placing = null;
        finish(task, placed);
    }

    /**
     * A Data-Out came before the turn of its command, which has come now; empty data is damaged. It may come amid the pieces of
     * another one.
     */
    void follow(ByteBuffer header, Optional<Region> data) {
        pdu.wrap(header, 0);
        if (data.isPresent()) {
            ScsiTask task = task();
            finish(task, place(task, data.get()));
        } else {
            damaged();
        }
    }

    /** Puts data that is there whole into its place. The task that has it, or null when it goes nowhere. */
    private ScsiTask place(ScsiTask task, Region data) {
        if (task == null || isLost(task, data) || !task.expects(pdu)) {
            return null;
        }
        for (int done = 0; done < data.length(); ) {
            Region target = task.place(pdu.bufferOffset() + done, data.length() - done);
            target.buffer().bytes().put(target.from(), data.buffer().bytes(), data.from() + done, target.length());
            target.buffer().release();
            done += target.length();
        }
        return task;
    }

    /** Data that there was no memory for, while its command had to wait, ends its task. */
    private boolean isLost(ScsiTask task, Region data) {
        boolean lost = data.length() > 0 && session.buffers().isLost(data);
        if (lost) {
            task.fail(ScsiTask.NO_MEMORY);
        }
        return lost;
    }

    private void finish(ScsiTask task, ScsiTask placed) {
        if (placed != null && placed.takesData()) {
            placed.placed(pdu);
        } else if (task != null && task != placed) {
            task.dropped(pdu);
        }
    }

    /**
     * The data of a Data-Out is damaged: when all data that its task asked for has come, it is asked for again, or the task ends
     * (RFC 7143 7.8).
     */
    void dropDamaged(ByteBuffer header, int at) {
        pdu.wrap(header, at);
        placing = null;
        apart = false;
        if (!damageTold) {
            damageTold = true;
            LOG.warn("{}: the digest of a Data-Out does not match; told once", session.name());
        }
        Optional<EarlyCommand> early = early();
        if (early.isPresent()) {
            early.get().keep(pdu, header, at, Optional.empty());
        } else {
            damaged();
        }
    }

    private void damaged() {
        ScsiTask task = task();
        if (task != null) {
            task.damaged();
            task.dropped(pdu);
        }
    }

    /** Where the bytes from {@code done} on go, or empty when nobody wants them. */
    Optional<Region> destination(ByteBuffer header, int at, int done) {
        pdu.wrap(header, at);
        if (done == 0) {
            ScsiTask task = task();
            placing = task != null && task.expects(pdu) ? task : null;
            apart = early().isPresent();
        }
        if (apart && done == 0 && session.buffers().pool().hasSpare()) {
            int bytes = pdu.dataSegmentBytes();
            return Optional.of(new Region(session.buffers().pool().take(bytes), 0, bytes));
        }
        return placing == null || !placing.takesData()
                ? Optional.empty()
                : Optional.of(placing.place(pdu.bufferOffset() + done, pdu.dataSegmentBytes() - done));
    }

    /** The task that the PDU is for, if its data may come on this connection (RFC 7143 4.2.3); or null. */
    private ScsiTask task() {
        ScsiTask task = session.tasks().find(pdu.initiatorTaskTag());
        return task != null && task.connection() == connection ? task : null;
    }

    /** The command that the PDU is for, when that waits for its turn. */
    private Optional<EarlyCommand> early() {
        return session.order().awaiting(connection, pdu);
    }
}
