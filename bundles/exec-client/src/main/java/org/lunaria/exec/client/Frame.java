package org.lunaria.exec.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * The unit of the conversation between {@link Exec} and the appliance: one byte that says what it is, four bytes of
 * length in network byte order, and so many bytes of payload, at most {@link #MAX_PAYLOAD_BYTES}.
 *
 * <p>The client sends any number of {@link Type#ARGUMENT}, {@link Type#TERMINAL} if people watch, the {@link Type#FOLDER} that
 * it works in, then {@link Type#RUN}. The appliance answers with {@link Type#OUTPUT} and {@link Type#ERROR} as they come, and
 * ends with {@link Type#EXIT}. It may send {@link Type#READ} before, and gets one {@link Type#INPUT} for it: nothing is read
 * that no command wants, for it may be meant for others.
 * A client that closes before that interrupts the command.
 *
 * <p>Immutable; the payload belongs to the frame.
 */
public record Frame(Type type, byte[] payload) {
    public static final int MAX_PAYLOAD_BYTES = 64 * 1024;

    private static final int HEADER_BYTES = 5;

    /** What a frame is. */
    public enum Type {
        /** One word of the command line, in UTF-8. */
        ARGUMENT('A'),
        /** Standard output is a terminal: colours are welcome. No payload. */
        TERMINAL('T'),
        /** The folder that the client works in, in UTF-8: names of files are of there. */
        FOLDER('D'),
        /** The request is whole. No payload. */
        RUN('R'),
        /** The command wants to read the standard input. No payload. */
        READ('?'),
        /** Bytes of the standard input, which were asked for; none at its end. */
        INPUT('I'),
        /** Bytes of the standard output. */
        OUTPUT('O'),
        /** Bytes of the standard error. */
        ERROR('E'),
        /** The command has ended; one byte, the exit status. */
        EXIT('X');

        private final char code;

        Type(char code) {
            this.code = code;
        }

        private static Type of(byte code) throws ProtocolException {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new ProtocolException("no frame begins with byte " + code);
        }
    }

    public static Frame of(Type type) {
        return new Frame(type, new byte[0]);
    }

    public static Frame of(Type type, String text) {
        return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Frame exit(int status) {
        return new Frame(Type.EXIT, new byte[] {(byte) status});
    }

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The status of an {@link Type#EXIT} frame, 0 to 255. */
    public int status() {
        return payload.length == 1 ? payload[0] & 0xFF : 255;
    }

    /** Writes the frame whole; blocks while the channel does. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new ProtocolException("a frame holds at most " + MAX_PAYLOAD_BYTES + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        bytes.put((byte) type.code).putInt(payload.length).put(payload).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads a frame whole; blocks while the channel does.
     *
     * @throws EOFException when the other side has closed
     * @throws ProtocolException when what comes is no frame
     */
    public static Frame readFrom(ReadableByteChannel channel) throws IOException {
        ByteBuffer header = read(channel, HEADER_BYTES);
        Type type = Type.of(header.get());
        int length = header.getInt();
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new ProtocolException("a frame of " + length + " bytes is too long");
        }
        return new Frame(type, read(channel, length).array());
    }

    private static ByteBuffer read(ReadableByteChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the other side has closed");
            }
        }
        return bytes.flip();
    }
}
