package org.lunaria.iscsi.initiator;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection of an initiator that can do what no free client does: any {@link Request}, in any order and any pieces, over
 * several connections of one session. Blocking, with a time-out; confined to its thread, but for the session's CmdSN and task tags.
 */
public final class RawInitiator implements Closeable {
    private static final int BHS_BYTES = 48;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int FULL_FEATURE_AT_ONCE = 0x87;

    private final InetSocketAddress target;
    private final Socket socket;
    private final DataInputStream in;
    private final AtomicInteger cmdSN;
    private final int cid;
    private final byte[] isid;
    private int tsih;
    private boolean headerDigest;
    private boolean dataDigest;
    private int expStatSN;
    private final AtomicInteger initiatorTaskTag;

    /** The first connection of a session. */
    public RawInitiator(InetSocketAddress target) throws IOException {
        this(target, new byte[] {(byte) 0x80, 0, 0, 1, 0, 0}, 0, 0, new AtomicInteger(1), new AtomicInteger(100));
    }

    private RawInitiator(
            InetSocketAddress target,
            byte[] isid,
            int tsih,
            int cid,
            AtomicInteger cmdSN,
            AtomicInteger initiatorTaskTag)
            throws IOException {
        this.target = target;
        this.isid = isid;
        this.tsih = tsih;
        this.cid = cid;
        this.cmdSN = cmdSN;
        this.initiatorTaskTag = initiatorTaskTag;
        this.socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(target, TIMEOUT_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Another connection of this session, with its ISID, TSIH, CmdSN and task tags, which is yet to log in. */
    public RawInitiator another(int connectionId) throws IOException {
        return new RawInitiator(target, isid, tsih, connectionId, cmdSN, initiatorTaskTag);
    }

    /** Logs in from the operational stage with one request. */
    public Answer login(String... pairs) throws IOException {
        return login(FULL_FEATURE_AT_ONCE, pairs);
    }

    /** @param flags T, C, CSG and NSG */
    public Answer login(int flags, String... pairs) throws IOException {
        Request request = request(Request.IMMEDIATE | Request.LOGIN_REQUEST).flags(flags);
        for (int index = 0; index < isid.length; index++) {
            request.octet(8 + index, isid[index]);
        }
        Answer answer = ask(
                request.octet(14, tsih >> 8).octet(15, tsih).word(20, cid << 16).data(text(pairs)));
        if (answer.opcode() == Answer.LOGIN_RESPONSE && answer.unsignedShort(36) == 0) {
            tsih = answer.unsignedShort(14);
        }
        return answer;
    }

    /** From now on digests are sent and expected. */
    public void digests(boolean ofHeaders, boolean ofData) {
        headerDigest = ofHeaders;
        dataDigest = ofData;
    }

    /** A request with a task tag of its own and the numbers that are due; CmdSN goes on unless it is immediate. */
    public Request request(int opcode) {
        boolean immediate = (opcode & Request.IMMEDIATE) != 0;
        return new Request(opcode)
                .taskTag(initiatorTaskTag.getAndIncrement())
                .cmdSN(immediate ? cmdSN.get() : cmdSN.getAndIncrement())
                .expStatSN(expStatSN);
    }

    public Answer textRequest(String... pairs) throws IOException {
        return textRequest(Request.RESERVED_TAG, pairs);
    }

    public Answer textRequest(int transferTag, String... pairs) throws IOException {
        return ask(request(Request.TEXT_REQUEST).transferTag(transferTag).data(text(pairs)));
    }

    public Answer nopOut(String data) throws IOException {
        return ask(request(Request.IMMEDIATE | Request.NOP_OUT)
                .transferTag(Request.RESERVED_TAG)
                .data(data.getBytes(StandardCharsets.UTF_8)));
    }

    /** A command without data to the target. */
    public Answer command(int lun, byte[] cdb, int expectedBytes) throws IOException {
        return ask(reading(lun, cdb, expectedBytes));
    }

    public Request reading(int lun, byte[] cdb, int expectedBytes) {
        int flags = Request.FINAL | (expectedBytes > 0 ? Request.READ : 0) | Request.SIMPLE;
        return request(Request.SCSI_COMMAND)
                .flags(flags)
                .lun(lun)
                .expectedBytes(expectedBytes)
                .cdb(cdb);
    }

    /** @param immediate what goes with the command */
    public Request writing(int lun, byte[] cdb, int expectedBytes, byte[] immediate) {
        return request(Request.SCSI_COMMAND)
                .flags(Request.FINAL | Request.WRITE | Request.SIMPLE)
                .lun(lun)
                .expectedBytes(expectedBytes)
                .cdb(cdb)
                .data(immediate);
    }

    public Answer logout() throws IOException {
        return ask(request(Request.IMMEDIATE | Request.LOGOUT_REQUEST));
    }

    /** Whether the target has closed the connection, or does so now. */
    public boolean closed() throws IOException {
        return in.read() < 0;
    }

    /** Sends them in one piece. */
    public void send(Request... requests) throws IOException {
        socket.getOutputStream().write(bytes(requests));
    }

    /** Sends them in pieces of some bytes, each a segment if TCP does not join them. */
    public void sendInPieces(int pieceBytes, Request... requests) throws IOException {
        byte[] all = bytes(requests);
        for (int from = 0; from < all.length; from += pieceBytes) {
            socket.getOutputStream().write(all, from, Math.min(pieceBytes, all.length - from));
        }
    }

    /** Sends the first bytes of a request. */
    public void sendPart(int bytes, Request request) throws IOException {
        socket.getOutputStream().write(bytes(request), 0, bytes);
    }

    private byte[] bytes(Request... requests) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Request request : requests) {
            all.writeBytes(request.bytes(headerDigest, dataDigest));
        }
        return all.toByteArray();
    }

    public Answer ask(Request request) throws IOException {
        send(request);
        return receive();
    }

    public Answer receive() throws IOException {
        byte[] header = in.readNBytes(BHS_BYTES);
        if (header.length < BHS_BYTES) {
            throw new IOException("the target closed the connection");
        }
        expectDigest(header, headerDigest);
        Answer bare = new Answer(header, new byte[0]);
        int bytes = bare.word(4) & 0xFFFFFF;
        byte[] data = in.readNBytes(Request.padded(bytes));
        expectDigest(data, dataDigest && bytes > 0);
        if (!carriesNoStatus(bare)) {
            expStatSN = bare.word(24) + 1;
        }
        return new Answer(header, Arrays.copyOf(data, bytes));
    }

    private static boolean carriesNoStatus(Answer answer) {
        return answer.opcode() == Answer.READY_TO_TRANSFER
                || answer.opcode() == Answer.DATA_IN && (answer.flags() & 1) == 0
                || answer.opcode() == Answer.NOP_IN && answer.taskTag() == Request.RESERVED_TAG;
    }

    private void expectDigest(byte[] bytes, boolean there) throws IOException {
        if (there && in.readInt() != Request.digest(bytes)) {
            throw new IOException("a digest of the target does not match");
        }
    }

    /** Nothing more is sent, but still received. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection by a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + (pairs.length == 0 ? "" : "\0")).getBytes(StandardCharsets.UTF_8);
    }
}
