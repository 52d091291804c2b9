package org.lunaria.watchdog.internal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The socket on which a service manager listens: a datagram each message (sd_notify(3)). The JDK knows no datagram sockets
 * of Unix, so these are the C library's calls. Immutable; thread-safe.
 */
final class NotifySocket implements Consumer<String> {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** sun_path of unix(7). */
    private static final int PATH_BYTES = 108;

    /** The C library's functions. */
    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int socket(int domain, int type, int protocol) throws LastErrorException;

        static native long sendto(int fd, byte[] message, long length, int flags, byte[] address, int addressLength)
                throws LastErrorException;

        static native int close(int fd) throws LastErrorException;
    }

    private final byte[] address;

    /**
     * @param path of the variable NOTIFY_SOCKET: of a file, or with {@code @} in front of the abstract namespace
     * @throws IllegalArgumentException with a sentence, when it is neither
     */
    NotifySocket(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 2 || bytes.length >= PATH_BYTES || (bytes[0] != '/' && bytes[0] != '@')) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is " + path + ", which is no path of a socket.");
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        int length = bytes[0] == 0 ? bytes.length : bytes.length + 1;
        address = ByteBuffer.allocate(Short.BYTES + length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(Arrays.copyOf(bytes, length))
                .array();
    }

    /** Never blocks. @throws UncheckedIOException when the message was not taken */
    @Override
    public void accept(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            int fd = C.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            try {
                C.sendto(fd, bytes, bytes.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length);
            } finally {
                C.close(fd);
            }
        } catch (LastErrorException e) {
            throw new UncheckedIOException(new IOException("the service manager takes no message", e));
        }
    }
}
