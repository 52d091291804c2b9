package org.lunaria.iscsi.internal.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.scsi.LunMap;

/** A node with one portal and one target whose engine the test scripts. */
final class Scene {
    static final String HOST = "iqn.2001-04.com.example:host";
    static final String DISK = "iqn.2026-11.org.lunaria:disk";

    private static final LunMap LUNS =
            new LunMap(Map.of(0, new LunMap.Mapping("first", false), 1, new LunMap.Mapping("second", false)));

    /** More than a session could fill by the largest commands. */
    private static final int POOL_BYTES = 256 << 20;

    final BufferPool pool;
    final IoBuffers buffers;
    final MemoryThread thread;
    final ScriptedTarget engine = new ScriptedTarget();
    final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    final AccountDirectory accounts = new AccountDirectory();
    final SessionRegistry sessions;
    final TargetNode target;
    final PortalGroup group;
    private int nextPort = 40000;

    Scene() {
        this(Limits.DEFAULT, POOL_BYTES);
    }

    Scene(Limits limits, long poolBytes) {
        this(limits, poolBytes, SessionLimits.of(100), SessionRules.STANDARD);
    }

    Scene(SessionLimits sessions, SessionRules rules) {
        this(Limits.DEFAULT, POOL_BYTES, sessions, rules);
    }

    private Scene(Limits limits, long poolBytes, SessionLimits sessionLimits, SessionRules rules) {
        sessions = new SessionRegistry(sessionLimits);
        pool = new BufferPool(poolBytes + poolBytes / 4096); // aligning takes 64 bytes of each 256 KiB
        buffers = new IoBuffers(pool);
        thread = new MemoryThread(buffers);
        Portal portal = new Portal("main", new InetSocketAddress(InetAddress.getLoopbackAddress(), 3260), 1);
        group = new PortalGroup(portal, () -> List.of(portal), targets, accounts, sessions, rules);
        target = new TargetNode(
                new TargetNode.Configuration("disk", DISK, "", Set.of(), LUNS, AccessList.of(List.of("any")), limits),
                engine,
                luns -> true);
        targets.add(target);
    }

    /** Has the target ask for proof. */
    void authenticate(Authentication authentication) {
        target.reconfigure(target.configuration().with(authentication));
    }

    /** An initiator that is connected and has sent nothing. */
    Initiator connect() {
        return connect(thread);
    }

    /** Likewise, served by a certain thread. */
    Initiator connect(MemoryThread where) {
        return new Initiator(new MemoryWire(where, nextPort++, group::accepted));
    }

    /** An initiator in the full feature phase. */
    Initiator login(String... pairs) {
        Initiator initiator = connect();
        initiator.login(HOST, pairs);
        return initiator;
    }
}
