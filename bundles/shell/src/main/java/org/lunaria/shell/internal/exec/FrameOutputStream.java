package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.lunaria.exec.client.Frame;

/** Sends what is written as frames of one type. Several of these share a channel; thread-safe. */
final class FrameOutputStream extends OutputStream {
    private final WritableByteChannel channel;
    private final Frame.Type type;

    FrameOutputStream(WritableByteChannel channel, Frame.Type type) {
        this.channel = channel;
        this.type = type;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // A frame goes out whole before the next one, whichever stream that comes from.
        synchronized (channel) {
            for (int begin = offset; begin < offset + length; begin += Frame.MAX_PAYLOAD_BYTES) {
                int end = Math.min(begin + Frame.MAX_PAYLOAD_BYTES, offset + length);
                new Frame(type, Arrays.copyOfRange(bytes, begin, end)).writeTo(channel);
            }
        }
    }
}
