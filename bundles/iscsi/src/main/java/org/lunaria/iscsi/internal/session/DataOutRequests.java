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

    DataOutRequests(SessionConnection connection) {
        this.connection = connection;
        this.session = connection.session();
    }

    /** A Data-Out is there whole; {@code inPlace} when its data still lies in the read buffer. */
    void take(ByteBuffer header, int at, Region data, boolean inPlace) {
        pdu.wrap(header, at);
        session.receivedData(pdu.dataSegmentBytes());
        ScsiTask task = task();
        if (inPlace) {
            placing = task != null && task.expects(pdu) ? task : null;
            copy(data);
        }
        ScsiTask placed = placing;
        placing = null;
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
        ScsiTask task = task();
        if (!damageTold) {
            damageTold = true;
            LOG.warn("{}: the digest of a Data-Out does not match; told once", session.name());
        }
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

    private void copy(Region data) {
        for (int done = 0; placing != null && done < data.length(); ) {
            Region target = placing.place(pdu.bufferOffset() + done, data.length() - done);
            target.buffer().bytes().put(target.from(), data.buffer().bytes(), data.from() + done, target.length());
            target.buffer().release();
            done += target.length();
        }
    }
}
