package org.lunaria.watchdog.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.jna.Native;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a socket of the kernel. */
class NotifySocketTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    private static final class C {
        static {
            Native.register(C.class, "c");
        }

        static native int socket(int domain, int type, int protocol);

        static native int bind(int fd, byte[] address, int length);

        static native long recv(int fd, byte[] message, long length, int flags);

        static native int close(int fd);
    }

    @TempDir
    private Path folder;

    @Test
    void aMessageIsADatagramAtThePath() {
        String path = folder.resolve("notify").toString();
        assertEquals("READY=1", received(path, path + "\0"));
    }

    @Test
    void anAtSignStandsForTheAbstractNamespace() {
        String name = "lunaria-test-" + System.nanoTime();
        assertEquals("READY=1", received("@" + name, "\0" + name));
    }

    @Test
    void whereNobodyListensIsToldByAnException() {
        NotifySocket socket = new NotifySocket(folder.resolve("nobody").toString());
        assertThrows(UncheckedIOException.class, () -> socket.accept("READY=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "@", "relative", "vsock:2:1234"})
    void whatIsNoPathIsRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> new NotifySocket(path));
    }

    @Test
    void aPathThatTheKernelCannotTakeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NotifySocket("/" + "x".repeat(107)));
    }

    private static String received(String path, String kernelName) {
        byte[] name = kernelName.getBytes(StandardCharsets.UTF_8);
        byte[] address = ByteBuffer.allocate(2 + name.length)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(name)
                .array();
        int fd = C.socket(AF_UNIX, SOCK_DGRAM, 0);
        try {
            assertEquals(0, C.bind(fd, address, address.length));
            new NotifySocket(path).accept("READY=1");
            byte[] message = new byte[64];
            int length = (int) C.recv(fd, message, message.length, 0);
            return new String(message, 0, length, StandardCharsets.UTF_8);
        } finally {
            C.close(fd);
        }
    }
}
