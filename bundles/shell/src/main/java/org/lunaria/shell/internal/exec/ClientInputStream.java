package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.lunaria.exec.client.Frame;

/**
 * The standard input of a client, of which a piece is asked for when a command reads and has none. The command's thread reads;
 * the one that listens to the client puts.
 */
final class ClientInputStream extends InputStream {
    private final WritableByteChannel client;

    /** There is one request at a time, and so one answer. */
    private final BlockingQueue<byte[]> answers = new ArrayBlockingQueue<>(1);

    private byte[] piece = {};
    private int position;
    private boolean ended;

    ClientInputStream(WritableByteChannel client) {
        this.client = client;
    }

    /** @return false when there is an answer already, so that this is none */
    boolean put(byte[] answer) {
        return answers.offer(answer);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == piece.length && !ended) {
            ask();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private void ask() throws IOException {
        // A frame goes out whole: output shares the channel.
        synchronized (client) {
            Frame.of(Frame.Type.READ).writeTo(client);
        }
        try {
            piece = answers.take();
            position = 0;
            ended = piece.length == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the client went away");
        }
    }
}
