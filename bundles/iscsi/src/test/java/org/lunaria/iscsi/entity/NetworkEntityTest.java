package org.lunaria.iscsi.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.iscsi.initiator.VerifyingInitiator;
import org.lunaria.scsi.engine.ScsiEngine;
import org.lunaria.scsi.engine.ScsiUnit;

/** Transport and engine as a program has them that knows no OSGi. */
class NetworkEntityTest {
    private static final String IQN = "iqn.2026-11.com.example:disk";
    private static final int BLOCKS = 4096;
    private static final Map<String, Object> UNIT = Map.of("serial", "1", "naa", "3000000000000001");
    private static final Map<String, Object> TARGET = Map.of("iqn", IQN, "luns", "0=disk", "access", "any");
    private static final Map<String, Object> PORTAL = Map.of("address", "127.0.0.1", "port", 0);

    @TempDir
    private Path folder;

    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCKS * 512);
    private ScsiEngine engine;
    private ScsiUnit unit;
    private NetworkEntity entity;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        engine = ScsiEngine.open(folder);
        unit = engine.addUnit("disk", UNIT);
        unit.attach(new HeapStore(bytes));
        entity = NetworkEntity.open(engine.targets());
        entity.addTarget("disk", TARGET);
        port = entity.addPortal("main", PORTAL);
    }

    @AfterEach
    void end() {
        entity.close();
        unit.close();
        engine.close();
    }

    @Test
    void anInitiatorReadsWhatItWroteWhileBackendsComeAndGo() throws Exception {
        VerifyingInitiator initiator =
                new VerifyingInitiator(new InetSocketAddress("127.0.0.1", port), IQN, System.nanoTime(), BLOCKS);
        AtomicBoolean goOn = new AtomicBoolean(true);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Void> io = thread.submit(() -> {
                initiator.run(goOn::get);
                return null;
            });
            for (int i = 0; i < 20; i++) {
                awaitProgress(initiator, io);
                unit.detach();
                unit.attach(new HeapStore(bytes));
            }
            awaitProgress(initiator, io);
            goOn.set(false);
            io.get(60, TimeUnit.SECONDS);
        } finally {
            goOn.set(false);
            thread.shutdownNow();
        }
    }

    @Test
    void whatCannotBeHasASentenceAndIsNotThere() throws IOException {
        refused("serial is not set", () -> engine.addUnit("other", Map.of("naa", "3000000000000002")));
        refused("serial", () -> engine.addUnit("other", UNIT));
        refused("unknown key lun", () -> entity.addTarget("other", Map.of("iqn", IQN + 2, "lun", "0=disk")));
        refused("has this name already", () -> entity.addTarget("other", TARGET));
        refused("target disk exists already", () -> entity.addTarget("disk", TARGET));
        refused("portal main exists already", () -> entity.addPortal("main", PORTAL));
        refused("port = 99999", () -> entity.addPortal("other", Map.of("address", "127.0.0.1", "port", 99999)));
        IOException taken = assertThrows(
                IOException.class, () -> entity.addPortal("other", Map.of("address", "127.0.0.1", "port", port)));
        assertTrue(taken.getMessage().contains(Integer.toString(port)), taken::getMessage);
        assertEquals(1, entity.transport().portals().size());
        assertEquals(1, entity.transport().targets().size());
    }

    @Test
    void aBackendMustFitAndThereIsOneAtATime() {
        assertThrows(IllegalStateException.class, () -> unit.attach(new HeapStore(bytes)));
        unit.detach();
        refused("a smaller one would cut off their data", () -> unit.attach(new HeapStore(ByteBuffer.allocate(512))));
        unit.attach(new HeapStore(bytes));
        unit.detach();
        unit.detach();
    }

    @Test
    void whenItIsClosedNobodyListensAndItMayBeClosedAgain() throws IOException {
        entity.close();
        entity.close();
        try (NetworkEntity next = NetworkEntity.open(engine.targets())) {
            next.addTarget("disk", TARGET);
            assertEquals(port, next.addPortal("main", Map.of("address", "127.0.0.1", "port", port)));
        }
    }

    private static void awaitProgress(VerifyingInitiator initiator, Future<Void> io) throws Exception {
        long before = initiator.done();
        while (initiator.done() == before) {
            if (io.isDone()) {
                io.get();
            }
            Thread.onSpinWait();
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void refused(String sentence, Attempt attempt) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, attempt::run);
        assertTrue(thrown.getMessage().contains(sentence), thrown::getMessage);
    }
}
