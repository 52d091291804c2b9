package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.ScriptedServer.Request;

/** Servers that are slow, fail, or talk nonsense: no operation hangs, and none succeeds that should not. */
class DifficultServerTest {

    private static final EnumSet<Flag> NONE = EnumSet.noneOf(Flag.class);

    @Test
    void moreThanFitsIsBusyAndNothingIsLost() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    await(go);
                    answerAll(in, out);
                });
                RemoteBackend store = Volume.open(server.uri())) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(512);
            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (int i = 0; i < Inbox.OPERATIONS_MAX; i++) {
                stages.add(store.read(0, buffer.duplicate()));
            }
            assertEquals(Fault.BUSY, TestIo.faultOf(store.read(0, buffer.duplicate())));
            go.countDown();
            stages.forEach(TestIo::await);
            TestIo.await(store.read(0, buffer));
        }
    }

    @Test
    void eachErrorOfTheServerIsItsFault() throws Exception {
        AtomicInteger error = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    while (true) {
                        Request.read(in).answer(out, error.get());
                    }
                });
                RemoteBackend store = Volume.open(server.uri())) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(512);
            error.set(5);
            assertEquals(Fault.READ_ERROR, TestIo.faultOf(store.read(0, buffer)));
            assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.write(0, buffer.clear(), NONE)));
            error.set(28);
            assertEquals(Fault.NO_SPACE, TestIo.faultOf(store.write(0, buffer.clear(), NONE)));
            error.set(1);
            assertEquals(Fault.READ_ONLY, TestIo.faultOf(store.write(0, buffer.clear(), NONE)));
            error.set(12);
            assertEquals(Fault.BUSY, TestIo.faultOf(store.write(0, buffer.clear(), NONE)));
            error.set(77);
            assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.writeZeroes(0, 512, NONE)));
            error.set(0);
            TestIo.await(store.write(0, buffer.clear(), NONE));
        }
    }

    @Test
    void aFailedFlushFailsAndTheNextOneComesBehindTheWritesAgain() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        AtomicInteger flushes = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    while (true) {
                        Request request = Request.read(in);
                        boolean flush = request.command() == Nbd.CMD_FLUSH;
                        writes.addAndGet(request.command() == Nbd.CMD_WRITE ? 1 : 0);
                        request.answer(out, flush && flushes.incrementAndGet() == 1 ? 5 : 0);
                    }
                });
                RemoteBackend store = Volume.open(server.uri())) {
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(512), NONE));
            assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
            TestIo.await(store.flush());
            assertEquals(2, writes.get());
            assertEquals(2, flushes.get());
            // Nothing is unflushed: this is answered without the server.
            TestIo.await(store.flush());
            assertEquals(2, flushes.get());
        }
    }

    @Test
    void aServerThatWillNotTakeAWriteAgainEndsAllFlushes() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
            boolean first = connections.incrementAndGet() == 1;
            Request.read(in).answer(out, first ? 0 : 28);
            if (!first) {
                answerAll(in, out);
            }
        })) {
            RemoteBackend store = Volume.open(server.uri());
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(512), NONE));
            assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
            assertEquals(Fault.WRITE_ERROR, TestIo.faultOf(store.flush()));
            assertTrue(store.trouble().endsWith("it takes no flush until it is opened again."), store.trouble());
            assertThrows(IOException.class, store::close);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsConnectedToAnew() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    if (connections.incrementAndGet() > 1) {
                        answerAll(in, out);
                    }
                    // Takes everything, says nothing, and goes when the client does.
                    in.skipNBytes(Long.MAX_VALUE);
                });
                RemoteBackend store = Volume.open(server.uri(), "timeoutMillis", 200)) {
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(4096), NONE));
            assertEquals(2, connections.get());
        }
    }

    @Test
    void whatWasGivenUpIsNotSentAgainBeforeTheServerHasDoneWithIt() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    if (connections.incrementAndGet() == 1) {
                        Request.read(in);
                        // At work on it until the client has given up, and longer; the client could come back
                        // meanwhile.
                        assertEquals(-1, in.read());
                        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
                        while (connections.get() == 1 && System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        done.add("first");
                    } else {
                        done.add("again");
                        answerAll(in, out);
                    }
                });
                RemoteBackend store = Volume.open(server.uri(), "timeoutMillis", 2000)) {
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(4096), NONE));
            assertEquals(List.of("first", "again"), done);
        }
    }

    @Test
    void aServerThatNeverClosesIsWaitedForOnce() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    if (connections.incrementAndGet() == 1) {
                        await(over);
                    }
                    answerAll(in, out);
                });
                RemoteBackend store = Volume.open(server.uri(), "timeoutMillis", 200)) {
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(4096), NONE));
            assertEquals(2, connections.get());
        } finally {
            over.countDown();
        }
    }

    @Test
    void withoutFlushAndFuaItIsReadOnlyAndWithFuaAloneAllIsDurable() throws Exception {
        AtomicInteger notDurable = new AtomicInteger();
        int bare = Nbd.HAS_FLAGS | Nbd.SEND_WRITE_ZEROES;
        try (ScriptedServer server = ScriptedServer.serving(bare, DifficultServerTest::answerAll);
                RemoteBackend store = Volume.open(server.uri())) {
            assertFalse(store.profile().can(Capability.WRITE));
            assertEquals(Fault.UNSUPPORTED, TestIo.faultOf(store.write(0, ByteBuffer.allocateDirect(512), NONE)));
        }
        try (ScriptedServer server = ScriptedServer.serving(bare | Nbd.SEND_FUA, (in, out) -> {
                    while (true) {
                        Request request = Request.read(in);
                        notDurable.addAndGet((request.flags() & Nbd.CMD_FLAG_FUA) == 0 ? 1 : 0);
                        request.answer(out, 0);
                    }
                });
                RemoteBackend store = Volume.open(server.uri())) {
            TestIo.await(store.write(0, ByteBuffer.allocateDirect(512), NONE));
            TestIo.await(store.writeZeroes(0, 512, NONE));
            TestIo.await(store.flush());
            assertEquals(0, notDurable.get());
        }
    }

    @Test
    void anExportThatHasShrunkIsNotTaken() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((in, out) -> {
                    ScriptedServer.greet(in, out);
                    boolean first = connections.incrementAndGet() == 1;
                    ScriptedServer.handshake(in, out, first ? 1 << 20 : 1 << 19, ScriptedServer.FLAGS);
                    // Goes with the first request.
                    Request.read(in);
                });
                RemoteBackend store = Volume.open(server.uri(), "reconnectMillis", 500)) {
            assertEquals(Fault.OFFLINE, TestIo.faultOf(store.read(0, ByteBuffer.allocateDirect(512))));
            assertEquals(1 << 20, store.profile().capacityBytes());
        }
    }

    @Test
    void moreWritesThanTheLogHoldsAreFlushedInBetween() throws Exception {
        AtomicInteger flushes = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    while (true) {
                        Request request = Request.read(in);
                        flushes.addAndGet(request.command() == Nbd.CMD_FLUSH ? 1 : 0);
                        request.answer(out, 0);
                    }
                });
                RemoteBackend store = Volume.open(server.uri(), "unflushedBytes", 4 << 20)) {
            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                stages.add(store.write(i % 4 << 18, ByteBuffer.allocateDirect(1 << 18), NONE));
            }
            stages.forEach(TestIo::await);
            assertTrue(flushes.get() >= 2, flushes::toString);
        }
    }

    @Test
    void whateverAServerSendsNoOperationHangs() throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("DifficultServerTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            int kind = round % 4;
            long roundSeed = random.nextLong();
            try (ScriptedServer server =
                    new ScriptedServer((in, out) -> babble(in, out, kind, new Random(roundSeed)))) {
                CompletableFuture<Void> opened = new CompletableFuture<>();
                RemoteBackend store = Volume.begin(
                        () -> opened.complete(null), server.uri(), "timeoutMillis", 200, "reconnectMillis", 400);
                List<CompletionStage<?>> stages = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    stages.add(store.read(4096L * i, ByteBuffer.allocateDirect(4096)));
                    stages.add(store.flush());
                    if (store.profile() != null && store.profile().can(Capability.WRITE)) {
                        stages.add(store.write(4096L * i, ByteBuffer.allocateDirect(4096), NONE));
                    }
                }
                for (CompletionStage<?> stage : stages) {
                    stage.handle((value, thrown) -> thrown)
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS);
                }
                try {
                    store.close();
                } catch (IOException e) {
                    // It may have acknowledged a write by chance.
                }
            }
        }
    }

    /** Keeps to the protocol for a while and then does not. */
    private static void babble(DataInputStream in, DataOutputStream out, int kind, Random random) throws IOException {
        if (kind > 0) {
            ScriptedServer.greet(in, out);
        }
        if (kind == 1) {
            ScriptedServer.reply(out, Nbd.OPT_STRUCTURED_REPLY, random.nextInt(4), random.nextInt(100));
        }
        if (kind > 1) {
            ScriptedServer.handshake(in, out, 1 << 20, ScriptedServer.FLAGS);
        }
        for (int i = 0; kind == 3 && i < 20; i++) {
            Request request = Request.read(in);
            out.writeInt(random.nextInt(9) == 0 ? Nbd.CHUNK_MAGIC : Nbd.SIMPLE_REPLY_MAGIC);
            out.writeInt(random.nextInt(4) == 0 ? random.nextInt(200) : 0);
            out.writeLong(random.nextInt(9) == 0 ? random.nextLong() : request.handle());
            out.write(new byte[random.nextInt(5) == 0 ? random.nextInt(5000) : request.length()]);
            out.flush();
        }
        byte[] noise = new byte[1 + random.nextInt(100_000)];
        random.nextBytes(noise);
        out.write(noise);
        out.flush();
        if (random.nextBoolean()) {
            in.skipNBytes(Long.MAX_VALUE);
        }
    }

    private static void answerAll(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            Request.read(in).answer(out, 0);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
