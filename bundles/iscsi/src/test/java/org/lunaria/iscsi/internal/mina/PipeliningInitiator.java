package org.lunaria.iscsi.internal.mina;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An initiator with many commands under way, by two threads: one reads answers and decides what is sent, the other sends.
 * It writes its PDUs byte by byte (RFC 7143 clause 11), honours MaxCmdSN, sends as much immediate data as it may, the rest
 * by R2T, and checks that every byte it reads is as {@link LoadedTarget} makes it.
 */
final class PipeliningInitiator implements Closeable {
    private static final int FIRST_BURST_BYTES = 256 * 1024;

    private static final int BHS_BYTES = 48;
    private static final int SEGMENT_BYTES = 256 * 1024;
    private static final int TASK_SET_FULL = 0x28;
    private static final int[] SIZES = {512, 4096, 4096, 4096, 8192, 65536, 65536, 300_000, 1 << 20};
    private static final byte[] END = {};

    private final Socket socket;
    private final DataInputStream in;
    private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
    private final int[] sizes;
    private final boolean[] writes;
    private final AtomicInteger answered;

    private int cmdSN = 1;
    private int maxCmdSN = 1;
    private final Deque<Integer> due = new ArrayDeque<>();
    private int underWay;

    /** Commands that were refused for want of memory and sent again. */
    volatile int repeated;

    /**
     * One with random commands.
     *
     * @param answered counts the answers of all
     */
    PipeliningInitiator(InetSocketAddress target, long seed, int commands, AtomicInteger answered) throws IOException {
        this(target, new int[commands], new boolean[commands], answered);
        Random random = new Random(seed);
        Arrays.setAll(sizes, index -> SIZES[random.nextInt(SIZES.length)]);
        for (int command = 0; command < commands; command++) {
            writes[command] = random.nextBoolean();
        }
    }

    /** One that writes so many bytes with each command. */
    static PipeliningInitiator writing(InetSocketAddress target, int bytes, int commands, AtomicInteger answered)
            throws IOException {
        PipeliningInitiator initiator =
                new PipeliningInitiator(target, new int[commands], new boolean[commands], answered);
        Arrays.fill(initiator.sizes, bytes);
        Arrays.fill(initiator.writes, true);
        return initiator;
    }

    /** The first commands write so few bytes that the target opens the whole window. */
    PipeliningInitiator after(int smallCommands, int bytes) {
        Arrays.fill(sizes, 0, smallCommands, bytes);
        return this;
    }

    private PipeliningInitiator(InetSocketAddress target, int[] sizes, boolean[] writes, AtomicInteger answered)
            throws IOException {
        this.socket = new Socket(target.getAddress(), target.getPort());
        this.in = new DataInputStream(socket.getInputStream());
        this.answered = answered;
        this.sizes = sizes;
        this.writes = writes;
        for (int command = 0; command < sizes.length; command++) {
            due.addLast(command);
        }
        socket.setSoTimeout(60_000);
    }

    void login(String name, String target) throws IOException {
        byte[] text = ("InitiatorName=" + name + "\0TargetName=" + target + "\0MaxRecvDataSegmentLength="
                        + SEGMENT_BYTES + "\0InitialR2T=No\0ImmediateData=Yes\0FirstBurstLength=" + FIRST_BURST_BYTES
                        + "\0")
                .getBytes(StandardCharsets.UTF_8);
        byte[] isid = {(byte) 0x80, 0, 0, 0, 0, 1};
        ByteBuffer header = header(0x43, 0x87, 0).put(8, isid);
        socket.getOutputStream().write(pdu(header, text, 0, text.length));
        ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(BHS_BYTES));
        if (answer.getShort(36) != 0) {
            throw new IOException("login refused: " + answer.getShort(36));
        }
        in.skipNBytes(padded(answer.getInt(4) & 0xffffff));
        maxCmdSN = answer.getInt(32);
    }

    /** Has every command done, so many at a time. */
    void run(int depth) throws IOException {
        Thread sender = new Thread(this::send);
        sender.start();
        try {
            startCommands(depth);
            while (underWay > 0 || !due.isEmpty()) {
                answer();
                startCommands(depth);
            }
        } finally {
            out.add(END);
        }
    }

    private void startCommands(int depth) {
        while (underWay < depth && !due.isEmpty() && maxCmdSN - cmdSN >= 0) {
            command(due.removeFirst());
            underWay++;
        }
    }

    private void command(int tag) {
        boolean write = writes[tag];
        int immediate = write ? Math.min(sizes[tag], FIRST_BURST_BYTES) : 0;
        ByteBuffer header = header(0x01, 0x80 | (write ? 0x20 : 0x40) | 1, tag).putInt(20, sizes[tag]);
        header.putInt(24, cmdSN++);
        out.add(pdu(header, LoadedTarget.pattern(0, immediate), 0, immediate));
    }

    private void answer() throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(BHS_BYTES));
        if (header.limit() < BHS_BYTES) {
            throw new IOException("the target closed the connection");
        }
        byte[] data = in.readNBytes(padded(header.getInt(4) & 0xffffff));
        maxCmdSN = Math.max(maxCmdSN, header.getInt(32));
        int tag = header.getInt(16);
        switch (header.get(0)) {
            case 0x25 -> {
                check(header.getInt(40), data, header.getInt(4) & 0xffffff);
                if ((header.get(1) & 1) != 0) {
                    ended(tag, header.get(3));
                }
            }
            case 0x31 -> sendData(tag, header.getInt(20), header.getInt(40), header.getInt(44));
            case 0x21 -> ended(tag, header.get(3));
            default -> throw new IOException("an answer with opcode " + header.get(0));
        }
    }

    private static void check(int offset, byte[] data, int length) throws IOException {
        byte[] expected = LoadedTarget.pattern(offset, length);
        for (int at = 0; at < length; at++) {
            if (data[at] != expected[at]) {
                throw new IOException("wrong data at " + (offset + at));
            }
        }
    }

    private void ended(int tag, int status) throws IOException {
        underWay--;
        if (status == TASK_SET_FULL) {
            repeated++;
            due.addFirst(tag);
        } else if (status == 0) {
            answered.incrementAndGet();
        } else {
            throw new IOException("a command failed with status " + status);
        }
    }

    private void sendData(int tag, int transferTag, int offset, int length) {
        for (int done = 0, dataSN = 0; done < length; dataSN++) {
            int bytes = Math.min(SEGMENT_BYTES, length - done);
            boolean last = done + bytes == length;
            ByteBuffer header = header(0x05, last ? 0x80 : 0, tag)
                    .putInt(20, transferTag)
                    .putInt(24, 0)
                    .putInt(36, dataSN)
                    .putInt(40, offset + done);
            out.add(pdu(header, LoadedTarget.pattern(offset + done, bytes), 0, bytes));
            done += bytes;
        }
    }

    private void send() {
        try {
            OutputStream stream = new BufferedOutputStream(socket.getOutputStream(), 65536);
            for (byte[] next = out.take(); next != END; next = out.take()) {
                stream.write(next);
                if (out.isEmpty()) {
                    stream.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The reader meets the same end of the connection, and tells.
        }
    }

    private ByteBuffer header(int opcode, int flags, int tag) {
        return ByteBuffer.allocate(BHS_BYTES)
                .put(0, (byte) opcode)
                .put(1, (byte) flags)
                .putInt(16, tag)
                .putInt(24, cmdSN);
    }

    private static byte[] pdu(ByteBuffer header, byte[] data, int from, int length) {
        header.putInt(4, length);
        return ByteBuffer.allocate(BHS_BYTES + padded(length))
                .put(header.array())
                .put(data, from, length)
                .array();
    }

    private static int padded(int bytes) {
        return (bytes + 3) / 4 * 4;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        out.add(END);
    }
}
