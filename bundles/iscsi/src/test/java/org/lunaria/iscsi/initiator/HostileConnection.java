package org.lunaria.iscsi.initiator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** A socket that never blocks, and takes answers apart as far as it understands them. Confined to its thread. */
final class HostileConnection {
    private static final int BHS_BYTES = 48;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 20);
    private boolean headerDigest;
    private boolean dataDigest;
    private long answers;
    private Answer lastR2t;
    private Answer last;

    HostileConnection(SocketChannel channel) {
        this.channel = channel;
    }

    long answers() {
        return answers;
    }

    void digests(boolean ofHeaders, boolean ofData) {
        headerDigest = ofHeaders;
        dataDigest = ofData;
    }

    byte[] bytes(Request request) {
        return request.bytes(headerDigest, dataDigest);
    }

    /** Sends the first bytes, in pieces. False when the connection is over, or takes nothing for so long. */
    boolean send(byte[] bytes, int count, int pieceBytes, long patienceNanos) {
        long until = System.nanoTime() + patienceNanos;
        try {
            for (int at = 0; at < count; ) {
                int sent = channel.write(ByteBuffer.wrap(bytes, at, Math.min(pieceBytes, count - at)));
                at += sent;
                if (sent == 0) {
                    take();
                    if (System.nanoTime() > until) {
                        return false;
                    }
                    Thread.yield();
                }
            }
            return true;
        } catch (IOException e) {
            return false; // the target has closed it, as it may
        }
    }

    /** Waits for the answer to a login. */
    Optional<Answer> login(long patienceNanos) {
        long until = System.nanoTime() + patienceNanos;
        while (answers == 0 && take() && System.nanoTime() < until) {
            Thread.yield();
        }
        return Optional.ofNullable(last).filter(answer -> answer.opcode() == Answer.LOGIN_RESPONSE);
    }

    /** Takes what answers are there. False when the connection is over. */
    boolean take() {
        try {
            int count = channel.read(in);
            in.flip();
            while (takeOne()) {
                answers++;
            }
            in.compact();
            return count >= 0;
        } catch (IOException e) {
            return false; // the target has closed it, as it may
        }
    }

    private boolean takeOne() {
        if (in.remaining() < BHS_BYTES) {
            return false;
        }
        int data = in.getInt(in.position() + 4) & 0xFFFFFF;
        int bytes = BHS_BYTES + (headerDigest ? 4 : 0) + Request.padded(data) + (dataDigest && data > 0 ? 4 : 0);
        if (in.remaining() < bytes) {
            return false;
        }
        byte[] pdu = new byte[bytes];
        in.get(pdu);
        last = new Answer(Arrays.copyOf(pdu, BHS_BYTES), new byte[0]);
        if (last.opcode() == Answer.READY_TO_TRANSFER) {
            lastR2t = last;
        }
        return true;
    }

    /** The R2T that came last. */
    Optional<Answer> readyToTransfer() {
        return Optional.ofNullable(lastR2t);
    }

    /** @param how 0 an end, 1 a reset, 2 an end of the output first */
    void end(int how) throws IOException {
        if (how == 1) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } else if (how == 2 && channel.isConnected()) {
            try {
                channel.shutdownOutput();
                take();
            } catch (IOException e) {
                // The target was faster.
            }
        }
        channel.close();
    }
}
