package org.lunaria.iscsi.initiator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Sends legal PDUs and wrong ones at random, over several connections, takes the answers or not, and goes away in the middle.
 * What it does follows from its seed, but for what answers were there at which moment. Confined to its thread.
 */
public final class HostileInitiator {
    private static final int CONNECTIONS_MAX = 3;
    private static final int ACTS_MAX = 80;
    private static final long PATIENCE_NANOS = 500_000_000L;

    private final InetSocketAddress target;
    private final String iqn;
    private final String name;
    private final Random random;
    private final RandomRequests requests;
    private final List<HostileConnection> connections = new ArrayList<>();

    private volatile long sessions;
    private volatile long pdus;
    private volatile long answers;

    public HostileInitiator(InetSocketAddress target, String iqn, String name, long seed) {
        this.target = target;
        this.iqn = iqn;
        this.name = name;
        this.random = new Random(seed);
        this.requests = new RandomRequests(random);
    }

    /** Sessions begun. */
    public long sessions() {
        return sessions;
    }

    /** PDUs sent, or begun to be sent. */
    public long pdus() {
        return pdus;
    }

    public long answers() {
        return answers;
    }

    /** One session after the other. */
    public void run(BooleanSupplier goOn) throws IOException {
        while (goOn.getAsBoolean()) {
            try {
                session();
            } finally {
                for (HostileConnection each : connections) {
                    answers += each.answers();
                    each.end(random.nextInt(3));
                }
                connections.clear();
            }
        }
    }

    private void session() throws IOException {
        sessions++;
        requests.begin();
        connect(0);
        int acts = random.nextInt(ACTS_MAX);
        boolean slow = random.nextInt(8) == 0;
        for (int act = 0; act < acts && !connections.isEmpty(); act++) {
            HostileConnection one = connections.get(random.nextInt(connections.size()));
            if (!act(one)) {
                answers += one.answers();
                one.end(0);
                connections.remove(one);
            } else if (!slow && random.nextInt(4) != 0) {
                one.take();
                one.readyToTransfer().ifPresent(requests::asked);
            }
            if (random.nextInt(30) == 0 && connections.size() < CONNECTIONS_MAX) {
                connect(connections.size());
            }
        }
    }

    /** False when the connection is over, or the target takes nothing any more. */
    private boolean act(HostileConnection one) throws IOException {
        int count = 1 + random.nextInt(4);
        for (int index = 0; index < count; index++) {
            pdus++;
            byte[] bytes = one.bytes(requests.next());
            if (random.nextInt(200) == 0) {
                one.send(bytes, random.nextInt(bytes.length), bytes.length, PATIENCE_NANOS);
                return false;
            }
            int piece = random.nextInt(6) == 0 ? 1 + random.nextInt(100) : bytes.length;
            if (!one.send(bytes, bytes.length, piece, PATIENCE_NANOS)) {
                return false;
            }
        }
        return true;
    }

    private void connect(int cid) throws IOException {
        SocketChannel channel = SocketChannel.open(target);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        HostileConnection one = new HostileConnection(channel);
        connections.add(one);
        if (random.nextInt(12) == 0) {
            byte[] nonsense = new byte[random.nextInt(500)];
            random.nextBytes(nonsense);
            one.send(nonsense, nonsense.length, nonsense.length + 1, PATIENCE_NANOS);
            return;
        }
        boolean header = random.nextInt(3) == 0;
        boolean data = random.nextInt(3) == 0;
        pdus++;
        byte[] login = requests.login(name, iqn, cid, header, data).bytes(false, false);
        if (one.send(login, login.length, 1 + random.nextInt(2000), PATIENCE_NANOS)
                && one.login(PATIENCE_NANOS).map(requests::loggedIn).orElse(false)) {
            one.digests(header, data);
        }
    }
}
