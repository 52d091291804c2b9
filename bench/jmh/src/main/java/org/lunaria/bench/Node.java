package org.lunaria.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.lunaria.iscsi.internal.login.LoginContext;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.session.PortalGroup;
import org.lunaria.iscsi.internal.session.SessionLimits;
import org.lunaria.iscsi.internal.session.SessionRegistry;
import org.lunaria.iscsi.internal.session.SessionRules;
import org.lunaria.scsi.internal.unit.MeasuredTarget;

/** One portal and one target with a disk in memory, to log in to. */
final class Node implements LoginContext {
    static final String HOST = "iqn.2026-11.org.lunaria:bench-host";
    static final String TARGET = "iqn.2026-11.org.lunaria:bench";
    static final byte[] ISID = {(byte) 0x80, 0, 0, 0, 0, 1};

    private final AccountDirectory accounts = new AccountDirectory();
    private final TargetDirectory targets = new TargetDirectory(System::nanoTime, Duration.ZERO);
    private final Portal portal = new Portal("main", localAddress(), 1);

    Node() {
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                        "bench",
                        TARGET,
                        "",
                        Set.of(),
                        MeasuredTarget.DISK,
                        AccessList.of(List.of("any")),
                        Limits.DEFAULT),
                MeasuredTarget.over(new MemoryStore()),
                luns -> true));
    }

    PortalGroup portalGroup() {
        return new PortalGroup(
                portal,
                this::portals,
                targets,
                accounts,
                new SessionRegistry(SessionLimits.of(16)),
                SessionRules.STANDARD);
    }

    /** The text of a login as Linux words it, security aside. */
    static byte[] operationalText() {
        return text(
                "HeaderDigest=None",
                "DataDigest=None",
                "DefaultTime2Wait=2",
                "DefaultTime2Retain=0",
                "IFMarker=No",
                "OFMarker=No",
                "ErrorRecoveryLevel=0",
                "InitialR2T=No",
                "ImmediateData=Yes",
                "MaxBurstLength=16776192",
                "FirstBurstLength=262144",
                "MaxOutstandingR2T=1",
                "MaxConnections=1",
                "DataPDUInOrder=Yes",
                "DataSequenceInOrder=Yes",
                "MaxRecvDataSegmentLength=262144");
    }

    static byte[] securityText() {
        return text("InitiatorName=" + HOST, "TargetName=" + TARGET, "SessionType=Normal", "AuthMethod=None");
    }

    private static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + "\0").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Portal portal() {
        return portal;
    }

    @Override
    public List<Portal> portals() {
        return List.of(portal);
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 3260);
    }

    @Override
    public InetSocketAddress peerAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000);
    }

    @Override
    public TargetDirectory targets() {
        return targets;
    }

    @Override
    public AccountDirectory accounts() {
        return accounts;
    }

    @Override
    public boolean mayLogIn() {
        return true;
    }
}
