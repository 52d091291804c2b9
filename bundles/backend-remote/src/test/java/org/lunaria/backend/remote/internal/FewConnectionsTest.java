package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.ScriptedServer.Request;

/** Servers that keep several connections consistent, and do not give as many as the volume may have. */
class FewConnectionsTest {

    private static final int FLAGS = ScriptedServer.FLAGS | Nbd.CAN_MULTI_CONN;

    @TempDir
    private Path folder;

    @Test
    void whereTheServerClosesFurtherOnesThoseThatItGaveAreUsed() throws Exception {
        try (NbdServer server = NbdServer.nbdkit(folder, "--filter=limit", "memory", "1M", "limit=2");
                RemoteBackend store = Volume.open(server.uri(), "connections", 4)) {
            writeAndRead(store);
            server.kill();
            server.start();
            writeAndRead(store);
        }
    }

    @Test
    void whereTheServerLeavesFurtherOnesWithoutAnAnswerOneIsUsed() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((in, out) -> {
                    if (connections.incrementAndGet() > 1) {
                        in.skipNBytes(Long.MAX_VALUE);
                    }
                    serve(in, out);
                });
                RemoteBackend store = Volume.open(server.uri(), "connections", 4, "timeoutMillis", 200)) {
            TestIo.await(store.flush());
            TestIo.await(store.read(0, ByteBuffer.allocateDirect(512)));
            assertEquals(2, connections.get());
        }
    }

    @Test
    void aServerThatGoesWhileAFurtherOneIsMadeIsConnectedToAnew() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((in, out) -> {
                    int number = connections.incrementAndGet();
                    if (number == 2) {
                        in.skipNBytes(Long.MAX_VALUE);
                    }
                    ScriptedServer.greet(in, out);
                    ScriptedServer.handshake(in, out, 1 << 20, FLAGS);
                    if (number > 2) {
                        answerAll(in, out);
                    }
                });
                RemoteBackend store = Volume.open(server.uri(), "connections", 2)) {
            TestIo.await(store.read(0, ByteBuffer.allocateDirect(512)));
            assertEquals(4, connections.get());
        }
    }

    private static void writeAndRead(RemoteBackend store) throws IOException {
        TestIo io = new TestIo(store);
        byte[] bytes = TestIo.pattern(1, 4096);
        io.write(4096, bytes);
        assertArrayEquals(bytes, io.read(4096, 4096));
    }

    private static void serve(DataInputStream in, DataOutputStream out) throws IOException {
        ScriptedServer.greet(in, out);
        ScriptedServer.handshake(in, out, 1 << 20, FLAGS);
        answerAll(in, out);
    }

    private static void answerAll(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            Request.read(in).answer(out, 0);
        }
    }
}
