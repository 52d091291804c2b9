package org.lunaria.iscsi.internal.mina;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.ScsiTarget;

/** A portal with two I/O threads and so much memory for data, and the initiators that load it. */
final class LoadedPortal implements Closeable {
    private static final int SESSIONS_MAX = 100;

    final SessionRegistry sessions = new SessionRegistry(SessionLimits.of(SESSIONS_MAX));
    final List<PipeliningInitiator> initiators = new ArrayList<>();
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final ExecutorService initiatorThreads = Executors.newCachedThreadPool();
    private final Portals portals;
    private final Listener listener;

    LoadedPortal(int budgetBytes) throws IOException {
        portals = new Portals(
                new Portals.Bounds(2, budgetBytes, SESSIONS_MAX, SessionRules.STANDARD, 0),
                targets,
                new AccountDirectory(),
                sessions,
                List::of);
        listener = portals.listen(new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1));
    }

    void add(String iqn, ScsiTarget engine) {
        String name = iqn.substring(iqn.indexOf(':') + 1);
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                        name,
                        iqn,
                        "",
                        Set.of(),
                        new LunMap(Map.of(0, new LunMap.Mapping(name, false))),
                        AccessList.of(List.of("any")),
                        Limits.DEFAULT),
                engine,
                luns -> true));
    }

    /** One with random commands, logged in. */
    PipeliningInitiator random(String iqn, long seed, int commands, AtomicInteger answered) throws IOException {
        return login(new PipeliningInitiator(listener.address(), seed, commands, answered), iqn);
    }

    /** One that writes so many bytes with each command, logged in. */
    PipeliningInitiator writing(String iqn, int bytes, int commands, AtomicInteger answered) throws IOException {
        return login(PipeliningInitiator.writing(listener.address(), bytes, commands, answered), iqn);
    }

    private PipeliningInitiator login(PipeliningInitiator initiator, String iqn) throws IOException {
        initiators.add(initiator);
        initiator.login("iqn.2001-04.com.example:host" + initiators.size(), iqn);
        return initiator;
    }

    /** Has its commands done, so many at a time. */
    Future<?> run(PipeliningInitiator initiator, int depth) {
        return initiatorThreads.submit(() -> {
            initiator.run(depth);
            return null;
        });
    }

    BufferPool.Usage memory() {
        return portals.memory();
    }

    /** Lets others work, until the test has taken too long. */
    void pause() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory().toString());
        }
        Thread.yield();
    }

    void closeInitiators() throws IOException {
        for (PipeliningInitiator initiator : initiators) {
            initiator.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeInitiators();
        listener.close();
        portals.close();
        initiatorThreads.shutdownNow();
    }
}
