package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * A command that came before an earlier one, which is on its way on another connection or has to be sent again, and the
 * unsolicited data that came behind it (RFC 7143 4.2.5.2). Confined to the session's thread.
 *
 * <p>Bound: Data-Outs are kept until they make FirstBurstLength; of what comes then the last is, which ends the sequence.
 * Data that there is no room for is thrown away, and ends the command at its turn.
 */
final class EarlyCommand {
    /** What a Data-Out counts for at least. */
    private static final int DATA_OUT_BYTES_LEAST = 512;

    /** @param data empty where its digest did not match; with a reference to its buffer */
    private record DataOut(ByteBuffer header, Optional<Region> data) {}

    private final SessionConnection connection;
    private final CommandOrder.Performer performer;
    private final ByteBuffer header;
    private final Region data;
    private final List<DataOut> dataOuts = new ArrayList<>(0);
    private long dataOutBytes;
    private boolean awaitsData;

    /**
     * @param connection that it came on
     * @param data with a reference to its buffer
     */
    EarlyCommand(
            SessionConnection connection, CommandOrder.Performer performer, ByteBuffer header, int at, Region data) {
        this.connection = connection;
        this.performer = performer;
        this.header = copy(header, at);
        this.data = data;
        this.awaitsData = isOf(Opcode.SCSI_COMMAND)
                && !new ScsiCommandPdu().wrap(this.header, 0).isFinal();
    }

    private static ByteBuffer copy(ByteBuffer header, int at) {
        byte[] copy = new byte[Framing.BHS_BYTES + Pdu.ahsBytes(header, at)];
        header.get(at, copy);
        return ByteBuffer.wrap(copy);
    }

    private boolean isOf(Opcode opcode) {
        return Pdu.opcode(header, 0).filter(opcode::equals).isPresent();
    }

    boolean isOn(SessionConnection candidate) {
        return connection == candidate;
    }

    /** Whether a Data-Out is one of the unsolicited ones that it is followed by. */
    boolean awaits(DataOutPdu pdu) {
        return awaitsData
                && pdu.targetTransferTag() == Pdu.RESERVED_TAG
                && pdu.initiatorTaskTag()
                        == new ScsiCommandPdu().wrap(header, 0).initiatorTaskTag();
    }

    /**
     * Keeps one of them.
     *
     * @param kept empty where its digest did not match
     */
    void keep(DataOutPdu pdu, ByteBuffer from, int at, Optional<Region> kept) {
        awaitsData = !pdu.isFinal();
        if (dataOutBytes < connection.parameters().firstBurstLength() || pdu.isFinal()) {
            dataOutBytes += Math.max(pdu.dataSegmentBytes(), DATA_OUT_BYTES_LEAST);
            dataOuts.add(new DataOut(copy(from, at), kept.map(this::keep)));
        }
    }

    private Region keep(Region region) {
        IoBuffers buffers = connection.buffers();
        if (region.length() == 0) {
            return region;
        }
        return buffers.pool().hasSpare()
                ? buffers.keep(region, buffers.pool().nobody())
                : buffers.sink(region.length());
    }

    /** Does what it says, and lets its data follow. */
    void perform() {
        performer.perform(header, 0, data);
        dataOuts.forEach(each -> performer.follow(each.header(), each.data()));
    }

    /** Gives the memory back. */
    void release() {
        release(data);
        dataOuts.forEach(each -> each.data().ifPresent(EarlyCommand::release));
    }

    private static void release(Region region) {
        PooledBuffer buffer = region.buffer();
        if (buffer != null) {
            buffer.release();
        }
    }
}
