package org.lunaria.iscsi.internal.component;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.lunaria.iscsi.internal.wire.BitwiseCrc32c;

/**
 * An initiator that writes its PDUs byte by byte, and shares no code with the target (RFC 7143 clause 11). Blocking, with a
 * time-out.
 */
final class ByteInitiator implements Closeable {
    static final int NOP_OUT = 0x00;
    static final int SCSI_COMMAND = 0x01;
    static final int LOGIN_REQUEST = 0x03;
    static final int TEXT_REQUEST = 0x04;
    static final int LOGOUT_REQUEST = 0x06;
    static final int NOP_IN = 0x20;
    static final int SCSI_RESPONSE = 0x21;
    static final int LOGIN_RESPONSE = 0x23;
    static final int TEXT_RESPONSE = 0x24;
    static final int DATA_IN = 0x25;
    static final int LOGOUT_RESPONSE = 0x26;
    static final int REJECT = 0x3f;

    private static final int BHS_BYTES = 48;
    private static final int IMMEDIATE = 0x40;
    private static final int FINAL = 0x80;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private boolean headerDigest;
    private boolean dataDigest;
    private int cmdSN = 1;
    private int expStatSN;
    private int initiatorTaskTag = 100;

    /** A PDU that came. */
    record Answer(byte[] header, byte[] data) {
        int opcode() {
            return header[0] & 0x3f;
        }

        int flags() {
            return header[1] & 0xff;
        }

        int unsignedShort(int at) {
            return ByteBuffer.wrap(header).getShort(at) & 0xffff;
        }

        int word(int at) {
            return ByteBuffer.wrap(header).getInt(at);
        }

        List<String> pairs() {
            String text = new String(data, StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\0"));
        }
    }

    ByteInitiator(InetSocketAddress target) throws IOException {
        socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(target, TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Logs in from the operational stage with one request. */
    Answer login(String... pairs) throws IOException {
        return login(0x87, pairs);
    }

    /** @param flags T, C, CSG and NSG */
    Answer login(int flags, String... pairs) throws IOException {
        ByteBuffer header = header(IMMEDIATE | LOGIN_REQUEST, flags);
        header.put(8, new byte[] {(byte) 0x80, 0, 0, 1, 0, 0});
        return ask(header, text(pairs));
    }

    /** From now on digests are sent and expected. */
    void digests(boolean ofHeaders, boolean ofData) {
        headerDigest = ofHeaders;
        dataDigest = ofData;
    }

    Answer textRequest(String... pairs) throws IOException {
        return textRequest(0xffffffff, pairs);
    }

    Answer textRequest(int targetTransferTag, String... pairs) throws IOException {
        ByteBuffer header = header(TEXT_REQUEST, FINAL).putInt(20, targetTransferTag);
        cmdSN++;
        return ask(header, text(pairs));
    }

    Answer nopOut(String data) throws IOException {
        ByteBuffer header = header(IMMEDIATE | NOP_OUT, FINAL).putInt(20, 0xffffffff);
        return ask(header, data.getBytes(StandardCharsets.UTF_8));
    }

    /** A command without data to the target. */
    Answer command(int lun, byte[] cdb, int expectedBytes) throws IOException {
        int flags = FINAL | (expectedBytes > 0 ? 0x40 : 0) | 1;
        ByteBuffer header = header(SCSI_COMMAND, flags).putInt(20, expectedBytes);
        header.putShort(8, (short) lun).put(32, Arrays.copyOf(cdb, 16));
        cmdSN++;
        return ask(header, new byte[0]);
    }

    Answer logout() throws IOException {
        ByteBuffer header = header(IMMEDIATE | LOGOUT_REQUEST, FINAL);
        return ask(header, new byte[0]);
    }

    /** Whether the target has closed the connection, or does so now. */
    boolean closed() throws IOException {
        return in.read() < 0;
    }

    void send(ByteBuffer header, byte[] data) throws IOException {
        header.putInt(4, data.length);
        socket.getOutputStream().write(withDigest(header.array(), headerDigest));
        socket.getOutputStream().write(withDigest(padded(data), dataDigest && data.length > 0));
    }

    /** Sends the header of a ping with the digest that is given. */
    void sendPing(int digest) throws IOException {
        ByteBuffer header = header(IMMEDIATE | NOP_OUT, FINAL).putInt(20, 0xffffffff);
        socket.getOutputStream().write(header.array());
        socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(digest).array());
    }

    private static byte[] padded(byte[] data) {
        return Arrays.copyOf(data, (data.length + 3) / 4 * 4);
    }

    private static byte[] withDigest(byte[] bytes, boolean wanted) {
        return wanted
                ? ByteBuffer.allocate(bytes.length + 4)
                        .put(bytes)
                        .putInt(BitwiseCrc32c.digest(bytes, 0, bytes.length))
                        .array()
                : bytes;
    }

    Answer receive() throws IOException {
        byte[] header = in.readNBytes(BHS_BYTES);
        if (header.length < BHS_BYTES) {
            throw new IOException("the target closed the connection");
        }
        expectDigest(header, headerDigest);
        int bytes = ByteBuffer.wrap(header).getInt(4) & 0xffffff;
        byte[] data = in.readNBytes((bytes + 3) / 4 * 4);
        expectDigest(data, dataDigest && bytes > 0);
        Answer answer = new Answer(header, Arrays.copyOf(data, bytes));
        expStatSN = answer.word(24) + 1;
        return answer;
    }

    private void expectDigest(byte[] bytes, boolean there) throws IOException {
        if (there && in.readInt() != BitwiseCrc32c.digest(bytes, 0, bytes.length)) {
            throw new IOException("a digest of the target does not match");
        }
    }

    /** A header with its task tag and sequence numbers. */
    ByteBuffer header(int opcode, int flags) {
        return ByteBuffer.allocate(BHS_BYTES)
                .put(0, (byte) opcode)
                .put(1, (byte) flags)
                .putInt(16, initiatorTaskTag++)
                .putInt(24, cmdSN)
                .putInt(28, expStatSN);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Answer ask(ByteBuffer header, byte[] data) throws IOException {
        send(header, data);
        return receive();
    }

    private static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + (pairs.length == 0 ? "" : "\0")).getBytes(StandardCharsets.UTF_8);
    }
}
