package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.TestIo;

/**
 * A server that is killed loses what it has in its memory: nbdkit's cache filter writes nothing to the file before a
 * flush. Nothing that was acknowledged may be missing when it is there again.
 */
class ServerLossTest {

    private static final int SIZE_BYTES = 8 << 20;

    @TempDir
    Path folder;

    private NbdServer server;

    @BeforeEach
    void startServer() throws IOException {
        Path image = folder.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE_BYTES);
        }
        server = NbdServer.nbdkit(folder, "--filter=cache", "file", image.toString(), "cache=writeback");
    }

    @AfterEach
    void killServer() {
        server.kill();
    }

    @Test
    void aServerThatIsKilledAgainAndAgainUnderLoadCostsNoErrorAndNoByte() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("ServerLossTest: -Dlunaria.seed=" + seed);
        VerifiedLoad load = new VerifiedLoad(4, seed);
        try (RemoteBackend store = Volume.open(server.uri())) {
            load.run(store, 500, () -> {
                for (int at = 200; at < 2000; at += 300) {
                    load.awaitDone(at);
                    server.kill();
                    server.start();
                }
                return null;
            });
            load.verify(store);
            TestIo.await(store.flush());
            // What was flushed is in the file, whatever becomes of the server.
            server.kill();
            server.start();
            load.verify(store);
        }
    }

    @Test
    void anUnflushedWriteIsDoneAgainAndAFlushThenCoversIt() throws Exception {
        byte[] old = TestIo.pattern(1, 4096);
        byte[] young = TestIo.pattern(2, 4096);
        try (RemoteBackend store = Volume.open(server.uri())) {
            TestIo io = new TestIo(store);
            io.write(8192, old);
            io.write(8192, young);
            TestIo.await(store.unmap(4096, 4096));
            server.kill();
            server.start();
            TestIo.await(store.flush());
        }
        server.kill();
        server.start();
        try (RemoteBackend store = Volume.open(server.uri())) {
            assertEquals(ByteBuffer.wrap(young), ByteBuffer.wrap(new TestIo(store).read(8192, 4096)));
        }
    }

    @Test
    void aServerThatStaysAwayEndsOperationsOfflineAndIsTriedOn() throws Exception {
        try (RemoteBackend store = Volume.open(server.uri(), "reconnectMillis", 200)) {
            TestIo io = new TestIo(store);
            byte[] bytes = TestIo.pattern(3, 4096);
            io.write(0, bytes);
            server.kill();
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.read(0, ByteBuffer.allocateDirect(4096))));
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.flush()));
            server.start();
            // It comes back at some time: until then, operations fail honestly.
            while (store.flush()
                    .handle((nothing, thrown) -> thrown != null)
                    .toCompletableFuture()
                    .join()) {
                Thread.onSpinWait();
            }
            assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(io.read(0, 4096)));
        }
    }

    @Test
    void aCloseWithoutTheServerSaysWhatMayBeLost() throws Exception {
        RemoteBackend store = Volume.open(server.uri());
        new TestIo(store).write(0, TestIo.pattern(4, 512));
        server.kill();
        IOException thrown = assertThrows(IOException.class, store::close);
        assertTrue(thrown.getMessage().contains("did not confirm"), thrown::getMessage);
    }

    @Test
    void aCloseFlushes() throws Exception {
        byte[] bytes = TestIo.pattern(5, 4096);
        try (RemoteBackend store = Volume.open(server.uri())) {
            new TestIo(store).write(4096, bytes);
        }
        server.kill();
        server.start();
        try (RemoteBackend store = Volume.open(server.uri())) {
            assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(new TestIo(store).read(4096, 4096)));
        }
    }
}
