package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.ScriptedServer.Request;

/** What is under way at a volume is with its server at the same time, over however many connections. */
class DepthTest {

    private static final int DEPTH = 32;

    @Test
    void thirtyTwoOperationsAreWithTheServerAtATime() throws Exception {
        assertEquals(List.of(DEPTH), requestsOfConnections(1));
    }

    @Test
    void severalConnectionsShareThem() throws Exception {
        assertEquals(List.of(DEPTH / 4, DEPTH / 4, DEPTH / 4, DEPTH / 4), requestsOfConnections(4));
    }

    /** What came over each connection to a server that answers nothing until it has all of it. */
    private static List<Integer> requestsOfConnections(int connections) throws Exception {
        Waiting waiting = new Waiting();
        try (ScriptedServer server =
                        ScriptedServer.serving(ScriptedServer.FLAGS | Nbd.CAN_MULTI_CONN, waiting::receive);
                RemoteBackend store = Volume.open(server.uri(), "connections", connections)) {
            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (int i = 0; i < DEPTH; i++) {
                stages.add(store.read(i * 4096L, ByteBuffer.allocateDirect(4096)));
            }
            stages.forEach(TestIo::await);
            return waiting.requestsOfConnections();
        }
    }

    /** The requests that a server has and has not answered. Thread-safe. */
    private static final class Waiting {

        private final Map<DataOutputStream, List<Request>> requests = new HashMap<>();
        private int count;

        void receive(DataInputStream in, DataOutputStream out) throws IOException {
            while (true) {
                add(Request.read(in), out);
            }
        }

        private synchronized void add(Request request, DataOutputStream out) throws IOException {
            requests.computeIfAbsent(out, connection -> new ArrayList<>()).add(request);
            if (++count == DEPTH) {
                for (Map.Entry<DataOutputStream, List<Request>> each : requests.entrySet()) {
                    for (Request waiting : each.getValue()) {
                        waiting.answer(each.getKey(), 0);
                    }
                }
            }
        }

        synchronized List<Integer> requestsOfConnections() {
            return requests.values().stream().map(List::size).toList();
        }
    }
}
