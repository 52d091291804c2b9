package org.lunaria.iscsi.internal.mina;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.initiator.Answer;
import org.lunaria.iscsi.initiator.RawInitiator;
import org.lunaria.iscsi.initiator.Request;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.scsi.LunMap;

/** A session whose connections were accepted on several I/O threads: all of them move to its own (RFC 7143 4.2.1). */
class SessionOverThreadsTest {
    private static final String DISK = "iqn.2026-11.org.lunaria:disk";
    private static final String LENGTH = "MaxRecvDataSegmentLength=65536";
    private static final int THREADS = 4;
    private static final int CONNECTIONS = 8;
    private static final int BLOCK_BYTES = 512;
    private static final int BLOCKS_EACH = 64;

    private final SessionRegistry sessions = new SessionRegistry(SessionLimits.of(100));
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final StoringTarget store = new StoringTarget(DISK, CONNECTIONS * BLOCKS_EACH, workers);
    private final Portals portals = new Portals(
            new Portals.Bounds(THREADS, 32 << 20, 100, SessionRules.STANDARD, 0),
            targets,
            new AccountDirectory(),
            sessions,
            List::of);
    private final List<RawInitiator> connections = new ArrayList<>();
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                        DISK, DISK, "", Set.of(), new LunMap(Map.of()), AccessList.of(List.of("any")), Limits.DEFAULT),
                store,
                luns -> true));
        listener = portals.listen(new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawInitiator each : connections) {
            each.close();
        }
        listener.close();
        portals.close();
        workers.shutdownNow();
    }

    private void open(String... pairs) throws IOException {
        RawInitiator first = new RawInitiator(listener.address());
        connections.add(first);
        first.login(pairs);
        for (int cid = 1; cid < CONNECTIONS; cid++) {
            RawInitiator next = first.another(cid);
            connections.add(next);
            Answer answer = next.login("InitiatorName=iqn.2001-04.com.example:host", "TargetName=" + DISK, LENGTH);
            assertEquals(0, answer.unsignedShort(36), "connection " + cid);
        }
    }

    @Test
    void dataGoesOverEachConnection() throws IOException {
        open("InitiatorName=iqn.2001-04.com.example:host", "TargetName=" + DISK, LENGTH, "MaxConnections=8");
        assertEquals(1, sessions.sessions().size());
        assertEquals(
                CONNECTIONS, sessions.sessions().get(0).status().connections().size());
        byte[] data = new byte[BLOCKS_EACH * BLOCK_BYTES];
        new Random(7).nextBytes(data);
        for (int round = 0; round < 20; round++) {
            // All are sent before one is answered, the last first: what comes early waits.
            List<Request> writes = new ArrayList<>();
            for (int cid = 0; cid < CONNECTIONS; cid++) {
                writes.add(connections.get(cid).writing(0, cdb(0x2A, cid), data.length, data));
            }
            for (int cid = CONNECTIONS - 1; cid >= 0; cid--) {
                connections.get(cid).send(writes.get(cid));
            }
            for (RawInitiator each : connections) {
                Answer answer = each.receive();
                assertEquals(Answer.SCSI_RESPONSE, answer.opcode());
                assertEquals(0, answer.status());
            }
            for (int cid = 0; cid < CONNECTIONS; cid++) {
                Answer read = connections.get(cid).command(0, cdb(0x28, (cid + round) % CONNECTIONS), data.length);
                assertArrayEquals(data, read.data());
            }
        }
    }

    @Test
    void aConnectionThatIsLostEndsAllOfThem() throws IOException {
        open("InitiatorName=iqn.2001-04.com.example:host", "TargetName=" + DISK, LENGTH, "MaxConnections=8");
        connections.get(3).reset();
        for (int cid = 0; cid < CONNECTIONS; cid++) {
            assertTrue(cid == 3 || connections.get(cid).closed());
        }
        while (!sessions.sessions().isEmpty()) {
            Thread.onSpinWait();
        }
        assertTrue(store.nexuses.isEmpty());
    }

    private static byte[] cdb(int operation, int area) {
        int first = area * BLOCKS_EACH;
        return new byte[] {
            (byte) operation, 0, 0, 0, (byte) (first >> 8), (byte) first, 0, 0, BLOCKS_EACH, 0, 0, 0, 0, 0, 0, 0
        };
    }
}
