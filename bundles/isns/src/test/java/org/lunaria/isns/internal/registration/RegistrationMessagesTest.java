package org.lunaria.isns.internal.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Tag;

class RegistrationMessagesTest {
    private static final NetworkPortal P = new NetworkPortal(address("10.0.0.1"), 3260, "p");
    private static final NetworkPortal Q = new NetworkPortal(address("10.0.0.2"), 3261, "q");
    private static final NetworkPortal R = new NetworkPortal(address("10.0.0.3"), 3260, "r");
    private static final Attribute EID = Attribute.text(Tag.ENTITY_IDENTIFIER, "box");

    private final RegistrationMessages messages = new RegistrationMessages(new Entity("box", 300));

    @Test
    void objectsFollowTheirEntityInTheOrderOfTheRfc() {
        StorageNode node = new StorageNode("iqn.a", "Archive", "CHAP", Map.of(P, 1, Q, 1));
        assertEquals(
                List.of(List.of(
                        Attribute.text(Tag.ISCSI_NAME, "iqn.a"),
                        EID,
                        Attribute.empty(Tag.DELIMITER),
                        EID,
                        Attribute.number(Tag.ENTITY_PROTOCOL, 2),
                        Attribute.number(Tag.REGISTRATION_PERIOD, 300),
                        Attribute.address(Tag.PORTAL_IP_ADDRESS, P.address()),
                        Attribute.number(Tag.PORTAL_TCP_UDP_PORT, 3260),
                        Attribute.text(Tag.PORTAL_SYMBOLIC_NAME, "p"),
                        Attribute.address(Tag.PORTAL_IP_ADDRESS, Q.address()),
                        Attribute.number(Tag.PORTAL_TCP_UDP_PORT, 3261),
                        Attribute.text(Tag.PORTAL_SYMBOLIC_NAME, "q"),
                        Attribute.text(Tag.ISCSI_NAME, "iqn.a"),
                        Attribute.number(Tag.ISCSI_NODE_TYPE, 1),
                        Attribute.text(Tag.ISCSI_ALIAS, "Archive"),
                        Attribute.text(Tag.ISCSI_AUTH_METHOD, "CHAP"),
                        Attribute.number(Tag.PG_TAG, 1),
                        Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, P.address()),
                        Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, 3260),
                        Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, Q.address()),
                        Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, 3261))),
                messages.registration("iqn.a", List.of(P, Q), List.of(node), List.of(P, Q), List.of()));
    }

    @Test
    void portalThatDoesNotReachANodeHasNoTagThere() {
        StorageNode node = new StorageNode("iqn.a", "a", "none", Map.of(P, 2, Q, 1));
        List<Attribute> message = messages.registration("iqn.a", List.of(), List.of(node), List.of(P, Q, R), List.of())
                .get(0);
        assertEquals(
                List.of(
                        Attribute.number(Tag.PG_TAG, 1),
                        Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, Q.address()),
                        Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, 3261),
                        Attribute.number(Tag.PG_TAG, 2),
                        Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, P.address()),
                        Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, 3260),
                        Attribute.empty(Tag.PG_TAG),
                        Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, R.address()),
                        Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, 3260)),
                message.subList(message.size() - 9, message.size()));
    }

    @Test
    void manyTargetsTakeSeveralMessagesThatEachNameTheEntity() {
        List<StorageNode> nodes = IntStream.range(0, 1000)
                .mapToObj(i -> new StorageNode("iqn.2026-11.org.lunaria:" + i, "disk " + i, "none", Map.of(P, 1)))
                .toList();
        List<List<Attribute>> registration = messages.registration("iqn.a", List.of(P), nodes, List.of(P), List.of());
        assertTrue(registration.size() > 1);
        assertEquals(
                1000,
                registration.stream().mapToLong(RegistrationMessagesTest::names).sum() - registration.size());
        for (List<Attribute> message : registration) {
            assertEquals(EID, message.get(1));
            assertEquals(EID, message.get(3));
            assertTrue(message.stream().mapToInt(Attribute::sizeBytes).sum() < 8192 - 12 - 1000);
        }
    }

    @Test
    void deregistrationHasNoMessageKey() {
        assertEquals(
                List.of(List.of(
                        Attribute.text(Tag.ISCSI_NAME, "iqn.b"),
                        Attribute.empty(Tag.DELIMITER),
                        Attribute.address(Tag.PORTAL_IP_ADDRESS, P.address()),
                        Attribute.number(Tag.PORTAL_TCP_UDP_PORT, 3260),
                        Attribute.text(Tag.ISCSI_NAME, "iqn.a"))),
                messages.deregistration("iqn.b", List.of(P), List.of("iqn.a")));
        assertEquals(
                List.of(Attribute.text(Tag.ISCSI_NAME, "iqn.b"), Attribute.empty(Tag.DELIMITER), EID),
                messages.deregistration("iqn.b"));
    }

    private static long names(List<Attribute> message) {
        return message.stream()
                .filter(attribute -> attribute.is(Tag.ISCSI_NAME))
                .count();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
