package org.lunaria.iscsi.internal.session;

import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.TargetPdu;
import org.lunaria.iscsi.internal.wire.Checksum;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.Output;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Wire;

/**
 * What a connection sends: puts PDUs into the output and gives them their sequence numbers (RFC 7143 4.2.2). Confined to
 * the connection's thread.
 */
final class Responses {
    /** How many commands are under way, and how many more may come: what MaxCmdSN depends on. */
    interface Load {
        int underWay();

        /** How many more there is memory for. */
        int room();
    }

    private final Output output;
    private final CommandWindow window;
    private final Load load;
    private final Framing framing;
    private final Checksum checksum = new Checksum();
    private final DataInPdu repeatedPdu = new DataInPdu();

    /** What may have to be sent again; null where nothing may (ErrorRecoveryLevel 0). */
    private final Replay replay;

    private long statSN;

    /** @param statSN of the next response */
    Responses(Wire wire, CommandWindow window, Load load, Framing framing, long statSN) {
        this(wire, window, load, framing, statSN, null);
    }

    /** Those of a connection that keeps what it sends, or null. */
    Responses(Wire wire, CommandWindow window, Load load, Framing framing, long statSN, Replay replay) {
        this.output = wire.output();
        this.window = window;
        this.load = load;
        this.framing = framing;
        this.statSN = statSN;
        this.replay = replay;
    }

    Output output() {
        return output;
    }

    Framing framing() {
        return framing;
    }

    /** The StatSN of the response after the next {@code count} ones. */
    long nextStatSN(int count) {
        return SerialNumber.plus(statSN, count);
    }

    /** Uses up a StatSN, for a status that is sent again under a new number. */
    long takeStatSN() {
        if (replay != null) {
            replay.finish();
        }
        long taken = statSN;
        statSN = SerialNumber.plus(statSN, 1);
        return taken;
    }

    /** Begins a PDU behind what is in the output. Its header is to be filled before anything else is appended. */
    <P extends TargetPdu<P>> P append(P pdu) {
        int at = output.append(framing.headerBytes(0));
        return begin(pdu, output.tail(), at);
    }

    /**
     * Begins a PDU whose data lies in a buffer already, behind the room for its header, and with room for what follows it.
     *
     * @param at index of the header
     * @param dataBytes at least one
     */
    <P extends TargetPdu<P>> P append(P pdu, PooledBuffer buffer, int at, int dataBytes) {
        int from = at + framing.headerBytes(0);
        if (framing.dataDigest()) {
            checksum.begin().add(buffer, from, dataBytes);
        }
        putTrailer(buffer, from + dataBytes, dataBytes);
        output.append(buffer, at, framing.pduBytes(0, dataBytes));
        P begun = begin(pdu, buffer, at);
        if (replay != null) {
            replay.data(buffer, from, dataBytes);
        }
        return begun;
    }

    private <P extends TargetPdu<P>> P begin(P pdu, PooledBuffer buffer, int at) {
        if (framing.headerDigest()) {
            output.digestHeader(buffer, at);
        }
        if (replay != null) {
            replay.begin(buffer, at);
        }
        return pdu.create(buffer.bytes(), at);
    }

    /** Numbers a PDU that carries a status: it uses up a StatSN. */
    <P extends TargetPdu<P>> P numberStatus(P pdu) {
        pdu.statSN(statSN);
        statSN = SerialNumber.plus(statSN, 1);
        if (replay != null) {
            replay.status();
        }
        return numberCommands(pdu);
    }

    /** Numbers a PDU that has no status of its own and shows the next StatSN. */
    <P extends TargetPdu<P>> P numberNext(P pdu) {
        pdu.statSN(statSN);
        return numberCommands(pdu);
    }

    /** Numbers a PDU whose StatSN is reserved: Data-In without status. */
    <P extends TargetPdu<P>> P numberCommands(P pdu) {
        window.open(load.underWay(), load.room());
        return pdu.expCmdSN(window.expCmdSN()).maxCmdSN(window.maxCmdSN());
    }

    /** Appends a copy of a data segment behind its header. */
    void appendData(byte[] data) {
        if (replay != null) {
            replay.data(data);
        }
        copyData(data);
    }

    /** Sends again what was sent before, the same but for ExpCmdSN and MaxCmdSN (RFC 7143 11.16). */
    void repeat(SentPdu sent) {
        int at = output.append(framing.headerBytes(0));
        PooledBuffer buffer = output.tail();
        buffer.bytes().put(at, sent.header(), 0, Framing.BHS_BYTES);
        if (framing.headerDigest()) {
            output.digestHeader(buffer, at);
        }
        numberCommands(repeatedPdu.wrap(buffer.bytes(), at));
        if (sent.data().length > 0) {
            copyData(sent.data());
        }
    }

    private void copyData(byte[] data) {
        for (int done = 0; done < data.length; ) {
            int bytes = Math.min(data.length - done, IoBuffers.CLAIM_BYTES_MAX);
            int at = output.append(bytes);
            output.tail().bytes().put(at, data, done, bytes);
            done += bytes;
        }
        if (framing.dataDigest()) {
            checksum.begin().add(data, 0, data.length);
        }
        appendTrailer(data.length);
    }

    /** Appends the {@code length} bytes of a data segment, at least one, without a copy. */
    void appendData(PooledBuffer buffer, int from, int length) {
        output.append(buffer, from, length);
        if (replay != null) {
            replay.data(buffer, from, length);
        }
        if (framing.dataDigest()) {
            checksum.begin().add(buffer, from, length);
        }
        appendTrailer(length);
    }

    private void appendTrailer(int length) {
        int bytes = framing.trailerBytes(length);
        if (bytes > 0) {
            int at = output.append(bytes);
            putTrailer(output.tail(), at, length);
        }
    }

    /** Puts padding and digest behind data that has been added to the checksum. */
    private void putTrailer(PooledBuffer buffer, int at, int length) {
        int padding = Framing.padding(length);
        for (int index = 0; index < padding; index++) {
            buffer.bytes().put(at + index, (byte) 0);
        }
        if (framing.dataDigest()) {
            buffer.bytes().putInt(at + padding, checksum.addZeroes(padding).digest());
        }
    }
}
