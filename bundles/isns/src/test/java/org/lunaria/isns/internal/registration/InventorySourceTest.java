package org.lunaria.isns.internal.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.TargetStatus;

class InventorySourceTest {
    private final FakeTransport transport = new FakeTransport();

    @Test
    void targetIsKnownWithTheTagsOfThePortalsThatReachIt() throws UnknownHostException {
        transport.addPortal("p", "10.0.0.1", 3260, 1);
        transport.addPortal("q", "2001:db8::1", 3261, 7);
        transport.targets.add(
                new TargetStatus("a", FakeTransport.NAME + "a", "Archive", true, List.of("p", "q", "gone"), 3));
        transport.addTarget("b", "q");
        NetworkPortal p = new NetworkPortal(InetAddress.getByName("10.0.0.1"), 3260, "p");
        NetworkPortal q = new NetworkPortal(InetAddress.getByName("2001:db8::1"), 3261, "q");
        Inventory inventory = source().take();
        assertEquals(
                List.of(
                        new StorageNode(FakeTransport.NAME + "a", "Archive", "CHAP", Map.of(p, 1, q, 7)),
                        new StorageNode(FakeTransport.NAME + "b", "b", "none", Map.of(q, 7))),
                inventory.nodes());
        assertEquals(2, inventory.portals().size());
        assertTrue(inventory.portals().containsAll(List.of(p, q)));
    }

    @Test
    void portalThatDoesNotListenIsNotThereNorTheTargetsBehindIt() {
        transport.portals.add(new PortalStatus("p", "10.0.0.1", 3260, 1, false, "the port is in use.", 0));
        transport.addPortal("q", "10.0.0.2", 3260, 1);
        transport.addTarget("a", "p");
        assertTrue(source().take().isEmpty());
        assertEquals(List.of(), source().take().portals());
    }

    @Test
    void portalOnEveryAddressStandsForEachOfTheMachine() {
        transport.addTarget("a", "p");
        transport.addPortal("p", "0.0.0.0", 3260, 1);
        assertEquals(List.of("127.0.0.1", "10.0.0.1"), addresses());
        transport.portals.clear();
        transport.addPortal("p", "0:0:0:0:0:0:0:0", 3260, 1);
        assertEquals(List.of("127.0.0.1", "10.0.0.1", "2001:db8:0:0:0:0:0:1"), addresses());
    }

    @Test
    void addressOfAnInterfaceThatIsGoneIsNone() {
        transport.addTarget("a", "p");
        transport.addPortal("p", "fe80:0:0:0:0:0:0:1%nosuch0", 3260, 1);
        assertTrue(source().take().isEmpty());
    }

    private List<String> addresses() {
        return source().take().portals().stream()
                .map(portal -> portal.address().getHostAddress())
                .toList();
    }

    private InventorySource source() {
        return new InventorySource(
                transport, () -> List.of(of("127.0.0.1"), of("10.0.0.1"), of("2001:db8::1"), of("fe80::1")));
    }

    private static InetAddress of(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
