package org.lunaria.itest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The smallest iSCSI initiator that reads and writes (RFC 7143): one connection, one command at a time, every byte of
 * its own making, so that a fault of ours is not met by the same fault here. Writes are solicited with R2T only.
 * Confined to one thread.
 */
final class Initiator implements AutoCloseable {
    static final int GOOD = 0x00;
    static final int CHECK_CONDITION = 0x02;
    static final int BLOCK_BYTES = 512;

    private static final int HEADER_BYTES = 48;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int SEGMENT_BYTES = 8192;
    private static final int RESERVED_TAG = 0xFFFFFFFF;
    /** A logical unit that was just attached to owes a few of these (SAM-5 5.14). */
    private static final int UNIT_ATTENTIONS = 8;

    /** A sense key (SPC-4 4.5.6). */
    private static final int UNIT_ATTENTION = 0x6;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private int cmdSn = 1;
    private int expStatSn;
    private int taskTag = 1;

    /** A command was not done, since something is to be told first (SAM-5 5.14). */
    static final class UnitAttention extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The outcome of one command. */
    record Outcome(int status, byte[] sense, byte[] data) {
        int senseKey() {
            return sense[2] & 0x0F;
        }
    }

    private record Pdu(ByteBuffer header, byte[] data) {
        int opcode() {
            return header.get(0) & 0x3F;
        }

        int flags() {
            return header.get(1) & 0xFF;
        }
    }

    /** Connects, logs in, and clears the unit attentions of unit 0. */
    Initiator(int port, String initiatorName, String targetName) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        login(initiatorName, targetName);
        for (int i = 0; i < UNIT_ATTENTIONS && testUnitReady().status() != GOOD; i++) {
            // Each answer took one unit attention away.
        }
    }

    /** Blocks from a logical block address on; fails if the answer is not GOOD. */
    byte[] read(int lba, int blockCount) throws IOException {
        byte[] cdb = ByteBuffer.allocate(16)
                .put((byte) 0x28)
                .put((byte) 0)
                .putInt(lba)
                .put((byte) 0)
                .putShort((short) blockCount)
                .array();
        return good(execute(cdb, new byte[0], blockCount * BLOCK_BYTES)).data();
    }

    /** Writes whole blocks; fails if the answer is not GOOD. */
    void write(int lba, byte[] data) throws IOException {
        byte[] cdb = ByteBuffer.allocate(16)
                .put((byte) 0x2A)
                .put((byte) 0)
                .putInt(lba)
                .put((byte) 0)
                .putShort((short) (data.length / BLOCK_BYTES))
                .array();
        good(execute(cdb, data, 0));
    }

    Outcome testUnitReady() throws IOException {
        return execute(new byte[16], new byte[0], 0);
    }

    private static Outcome good(Outcome outcome) throws IOException {
        if (outcome.status() != GOOD) {
            if (outcome.senseKey() == UNIT_ATTENTION) {
                throw new UnitAttention();
            }
            throw new IOException("status " + outcome.status() + ", sense " + Arrays.toString(outcome.sense()));
        }
        return outcome;
    }

    /** SCSI Command (RFC 7143 11.3) and all that follows until its response. */
    Outcome execute(byte[] cdb, byte[] dataOut, int dataInBytes) throws IOException {
        int tag = taskTag++;
        int flags = 0x80 | (dataInBytes > 0 ? 0x40 : 0) | (dataOut.length > 0 ? 0x20 : 0);
        ByteBuffer header = header(0x01, flags, tag);
        header.putInt(20, Math.max(dataInBytes, dataOut.length));
        header.putInt(24, cmdSn++);
        header.putInt(28, expStatSn);
        header.put(32, cdb);
        send(header, new byte[0]);
        return await(dataOut, new byte[dataInBytes]);
    }

    private Outcome await(byte[] dataOut, byte[] dataIn) throws IOException {
        while (true) {
            Pdu pdu = receive();
            switch (pdu.opcode()) {
                case 0x20 -> answerPing(pdu);
                case 0x21 -> {
                    expStatSn = pdu.header().getInt(24) + 1;
                    byte[] sense =
                            pdu.data().length > 2 ? Arrays.copyOfRange(pdu.data(), 2, pdu.data().length) : new byte[0];
                    return new Outcome(pdu.header().get(3) & 0xFF, sense, dataIn);
                }
                case 0x25 -> {
                    System.arraycopy(pdu.data(), 0, dataIn, pdu.header().getInt(40), pdu.data().length);
                    // The status may come with the last Data-In (RFC 7143 11.7.3).
                    if ((pdu.flags() & 0x01) != 0) {
                        expStatSn = pdu.header().getInt(24) + 1;
                        return new Outcome(pdu.header().get(3) & 0xFF, new byte[0], dataIn);
                    }
                }
                case 0x31 -> answerReadyToTransfer(pdu.header(), dataOut);
                default -> throw new IOException("unexpected opcode " + pdu.opcode());
            }
        }
    }

    /** R2T (RFC 7143 11.8): the range it asks for, in Data-Out PDUs (11.7) of a size that every target takes. */
    private void answerReadyToTransfer(ByteBuffer request, byte[] dataOut) throws IOException {
        int offset = request.getInt(40);
        int end = offset + request.getInt(44);
        for (int dataSn = 0; offset < end; dataSn++) {
            int length = Math.min(SEGMENT_BYTES, end - offset);
            ByteBuffer header = header(0x05, offset + length == end ? 0x80 : 0, request.getInt(16));
            header.putInt(20, request.getInt(20));
            header.putInt(28, expStatSn);
            header.putInt(36, dataSn);
            header.putInt(40, offset);
            send(header, Arrays.copyOfRange(dataOut, offset, offset + length));
            offset += length;
        }
    }

    /** NOP-In with a target transfer tag asks for a NOP-Out with the same (RFC 7143 11.18, 11.19). */
    private void answerPing(Pdu ping) throws IOException {
        if (ping.header().getInt(20) != RESERVED_TAG) {
            ByteBuffer header = header(0x40, 0x80, RESERVED_TAG);
            header.putInt(20, ping.header().getInt(20));
            header.putInt(24, cmdSn);
            header.putInt(28, expStatSn);
            send(header, ping.data());
        }
    }

    /** One Login Request from operational negotiation to the full feature phase (RFC 7143 11.12). */
    private void login(String initiatorName, String targetName) throws IOException {
        List<String> keys = List.of(
                "InitiatorName=" + initiatorName,
                "TargetName=" + targetName,
                "SessionType=Normal",
                "HeaderDigest=None",
                "DataDigest=None",
                "InitialR2T=Yes",
                "ImmediateData=No",
                "MaxRecvDataSegmentLength=65536");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String key : keys) {
            text.write(key.getBytes(StandardCharsets.UTF_8));
            text.write(0);
        }
        ByteBuffer header = header(0x43, 0x87, 0);
        // ISID (RFC 7143 11.12.5): random, so that two initiators never reinstate each other.
        header.put(8, (byte) 0x80);
        header.putInt(9, System.identityHashCode(this));
        header.putInt(24, cmdSn);
        send(header, text.toByteArray());
        Pdu answer = receive();
        int status = answer.header().getShort(36) & 0xFFFF;
        if (answer.opcode() != 0x23 || status != 0 || (answer.flags() & 0x83) != 0x83) {
            throw new IOException("login refused, status " + Integer.toHexString(status));
        }
        expStatSn = answer.header().getInt(24) + 1;
    }

    private static ByteBuffer header(int opcode, int flags, int tag) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(0, (byte) opcode)
                .put(1, (byte) flags)
                .putInt(16, tag);
    }

    private void send(ByteBuffer header, byte[] data) throws IOException {
        header.putInt(4, data.length);
        ByteArrayOutputStream pdu = new ByteArrayOutputStream();
        pdu.write(header.array());
        pdu.write(data);
        pdu.write(new byte[-data.length & 3]);
        out.write(pdu.toByteArray());
    }

    private Pdu receive() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
        if (header.remaining() < HEADER_BYTES) {
            throw new IOException("the target closed the connection");
        }
        int ahsBytes = (header.get(4) & 0xFF) * 4;
        int dataBytes = header.getInt(4) & 0x00FFFFFF;
        in.skipNBytes(ahsBytes);
        byte[] data = in.readNBytes(dataBytes);
        in.skipNBytes(-dataBytes & 3);
        return new Pdu(header, data);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
