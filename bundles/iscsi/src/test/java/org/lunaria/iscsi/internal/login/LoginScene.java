package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.Redirects;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.LunMap;

/** A node with a portal and targets, and an initiator that speaks text: what tests of logins stand on. */
final class LoginScene implements LoginContext {
    static final String HOST = "iqn.2001-04.com.example:host";
    static final String DISK = "iqn.2026-11.org.lunaria:disk";
    static final String INITIATOR_NAME = "InitiatorName=" + HOST;
    static final String TARGET_NAME = "TargetName=" + DISK;
    static final byte[] ISID = {(byte) 0x80, 1, 2, 3, 4, 5};

    final AtomicLong nanos = new AtomicLong();
    final TargetDirectory targets = new TargetDirectory(nanos::get, Duration.ofSeconds(30));
    final AccountDirectory accounts = new AccountDirectory();
    final List<Portal> portals = new ArrayList<>();
    boolean unitsPresent = true;
    boolean unitsFail;
    boolean mayLogIn = true;
    InetSocketAddress local = address("192.0.2.1", 3260);

    LoginScene() {
        portals.add(new Portal("main", address("192.0.2.1", 3260), 1));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    }

    /** A scene with one target that admits everybody. */
    static LoginScene withDisk() {
        LoginScene scene = new LoginScene();
        scene.target("disk", DISK, "", Set.of(), AccessList.of(List.of("any")), Limits.DEFAULT);
        return scene;
    }

    TargetNode target(String name, String iqn, String alias, Set<String> portals, AccessList access, Limits limits) {
        TargetNode node = new TargetNode(
                new TargetNode.Configuration(name, iqn, alias, portals, new LunMap(Map.of()), access, limits),
                new SilentScsiTarget(iqn),
                luns -> areUnitsPresent());
        targets.add(node);
        return node;
    }

    /** A target that asks for proof. */
    void diskWith(Authentication authentication) {
        targets.add(new TargetNode(
                new TargetNode.Configuration(
                                "disk",
                                DISK,
                                "",
                                Set.of(),
                                new LunMap(Map.of()),
                                AccessList.of(List.of("any")),
                                Limits.DEFAULT)
                        .with(authentication),
                new SilentScsiTarget(DISK),
                luns -> true));
    }

    /** The target sends initiators elsewhere. */
    void redirect(Redirects redirects) {
        TargetNode disk = targets.find(DISK).orElseThrow();
        disk.reconfigure(disk.configuration().with(redirects));
    }

    private boolean areUnitsPresent() {
        if (unitsFail) {
            throw new IllegalStateException("a bug");
        }
        return unitsPresent;
    }

    /** A request that goes from one stage to another, or stays when both are the same. */
    static LoginRequest request(int current, int next, String... pairs) {
        return request(current, next, false, text(pairs));
    }

    static LoginRequest request(int current, int next, boolean continues, byte[] data) {
        return new LoginRequest(next != current, continues, current, next, 0, 0, ISID, 0, 7, 1, 1, 1, data);
    }

    static byte[] text(String... pairs) {
        return (String.join("\0", pairs) + (pairs.length == 0 ? "" : "\0")).getBytes(StandardCharsets.UTF_8);
    }

    static List<String> pairs(byte[] data) {
        return TextFormat.parse(data).orElseThrow().stream()
                .map(KeyValue::toString)
                .toList();
    }

    /** The pairs of an answer that is no refusal. */
    static List<String> pairs(LoginStep step) {
        LoginResponse response = response(step);
        if (response.ends()) {
            throw new AssertionError("refused: " + response);
        }
        return pairs(response.data());
    }

    static void assertRefused(LoginStatus status, LoginStep step) {
        LoginResponse response = response(step);
        assertEquals(status.statusClass(), response.statusClass(), response::toString);
        assertEquals(status.statusDetail(), response.statusDetail(), response::toString);
        assertTrue(response.ends());
    }

    static LoginResponse response(LoginStep step) {
        return ((LoginStep.Answer) step).response();
    }

    /** A whole login from the operational stage, with these pairs beside the names. */
    LoginOutcome login(String... pairs) {
        LoginNegotiation negotiation = new LoginNegotiation(this);
        List<String> all = new ArrayList<>(List.of("InitiatorName=" + HOST, "TargetName=" + DISK));
        all.addAll(List.of(pairs));
        return ((LoginStep.Establish) negotiation.receive(request(1, 3, all.toArray(String[]::new)))).outcome();
    }

    LoginOutcome discovery(String initiator) {
        return ((LoginStep.Establish) new LoginNegotiation(this)
                        .receive(request(1, 3, "InitiatorName=" + initiator, "SessionType=Discovery")))
                .outcome();
    }

    static InetSocketAddress address(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Portal portal() {
        return portals.get(0);
    }

    @Override
    public List<Portal> portals() {
        return portals;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress peerAddress() {
        return address("192.0.2.99", 50000);
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
        return mayLogIn;
    }
}
