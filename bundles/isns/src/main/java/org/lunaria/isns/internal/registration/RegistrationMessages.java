package org.lunaria.isns.internal.registration;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Tag;

/** The attributes of what is sent to a server, in the order that RFC 4171 5.6 demands. Immutable. */
final class RegistrationMessages {
    /**
     * Of objects in one message, as they are answered; what precedes them has 850 at most. Open-iSNS takes and sends
     * messages of 8 KiB at most, and not every server puts several PDUs together.
     */
    static final int MESSAGE_BYTES = 6 << 10;

    /** Entity Protocol (6.2.2). */
    private static final int ISCSI = 2;
    /** iSCSI Node Type (6.4.2). */
    private static final int TARGET = 1;

    private final Entity entity;

    RegistrationMessages(Entity entity) {
        this.entity = entity;
    }

    /** Where inquiries (ESI) are answered: on the portals of this address. */
    record Inquiry(InetAddress address, int port, int intervalSeconds) {}

    /**
     * DevAttrReg (5.6.5.1): one message, or several where there is much.
     *
     * @param source node that is registered, or becomes so
     * @param all portals that there are: of those that do not reach a node it must be said, since a server relates every
     *     node to every portal of its entity by itself
     */
    List<List<Attribute>> registration(
            String source,
            Collection<NetworkPortal> portals,
            Collection<StorageNode> nodes,
            Collection<NetworkPortal> all,
            List<Inquiry> inquiries) {
        List<List<Attribute>> objects = new ArrayList<>();
        portals.forEach(portal -> objects.add(portal(portal, inquiries)));
        nodes.forEach(node -> objects.add(node(node, all)));
        return messages(beginning(source), objects);
    }

    /** DevDereg (5.6.5.4) of objects, likewise; the entity goes with its last one. */
    List<List<Attribute>> deregistration(String source, Collection<NetworkPortal> portals, Collection<String> names) {
        List<List<Attribute>> objects = new ArrayList<>();
        for (NetworkPortal portal : portals) {
            objects.add(List.of(
                    Attribute.address(Tag.PORTAL_IP_ADDRESS, portal.address()),
                    Attribute.number(Tag.PORTAL_TCP_UDP_PORT, portal.port())));
        }
        names.forEach(name -> objects.add(List.of(Attribute.text(Tag.ISCSI_NAME, name))));
        List<Attribute> beginning = source(source);
        beginning.add(Attribute.empty(Tag.DELIMITER));
        return messages(beginning, objects);
    }

    /** DevDereg (5.6.5.4) of the entity with all that is in it. */
    List<Attribute> deregistration(String source) {
        List<Attribute> attributes = source(source);
        attributes.add(Attribute.empty(Tag.DELIMITER));
        attributes.add(identifier());
        return attributes;
    }

    /** DevAttrQry (5.6.5.2) for every node and portal of the entity. It renews the registration (6.2.6). */
    List<Attribute> query(String source) {
        return query(source, identifier());
    }

    /** The same for the source alone, and the portals that it is reached by. */
    List<Attribute> queryItself(String source) {
        return query(source, Attribute.text(Tag.ISCSI_NAME, source));
    }

    private static List<Attribute> query(String source, Attribute key) {
        List<Attribute> attributes = source(source);
        attributes.add(key);
        attributes.add(Attribute.empty(Tag.DELIMITER));
        attributes.add(Attribute.empty(Tag.ISCSI_NAME));
        attributes.add(Attribute.empty(Tag.PORTAL_IP_ADDRESS));
        attributes.add(Attribute.empty(Tag.PORTAL_TCP_UDP_PORT));
        return attributes;
    }

    private List<Attribute> beginning(String source) {
        List<Attribute> attributes = source(source);
        attributes.add(identifier());
        attributes.add(Attribute.empty(Tag.DELIMITER));
        attributes.add(identifier());
        attributes.add(Attribute.number(Tag.ENTITY_PROTOCOL, ISCSI));
        attributes.add(Attribute.number(Tag.REGISTRATION_PERIOD, entity.registrationSeconds()));
        return attributes;
    }

    /** As many as it takes, each with the same beginning. */
    private static List<List<Attribute>> messages(List<Attribute> beginning, List<List<Attribute>> objects) {
        List<List<Attribute>> messages = new ArrayList<>();
        int bytes = MESSAGE_BYTES;
        for (List<Attribute> object : objects) {
            int more = answerBytes(object);
            if (bytes + more > MESSAGE_BYTES) {
                messages.add(new ArrayList<>(beginning));
                bytes = 0;
            }
            messages.get(messages.size() - 1).addAll(object);
            bytes += more;
        }
        return messages;
    }

    /** A server names the node again for each of its portals. */
    private static int answerBytes(List<Attribute> object) {
        int members = (int) object.stream()
                .filter(attribute -> attribute.is(Tag.PG_PORTAL_IP_ADDRESS))
                .count();
        return object.stream().mapToInt(Attribute::sizeBytes).sum()
                + members
                        * (object.get(0).sizeBytes()
                                + Attribute.empty(Tag.PG_TAG).sizeBytes()
                                + Integer.BYTES);
    }

    private static List<Attribute> portal(NetworkPortal portal, List<Inquiry> inquiries) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.address(Tag.PORTAL_IP_ADDRESS, portal.address()));
        attributes.add(Attribute.number(Tag.PORTAL_TCP_UDP_PORT, portal.port()));
        attributes.add(Attribute.text(Tag.PORTAL_SYMBOLIC_NAME, portal.name()));
        for (Inquiry inquiry : inquiries) {
            if (inquiry.address().equals(portal.address())) {
                attributes.add(Attribute.number(Tag.ESI_INTERVAL, inquiry.intervalSeconds()));
                attributes.add(Attribute.number(Tag.ESI_PORT, inquiry.port()));
            }
        }
        return attributes;
    }

    /** A node, and behind it each tag with the portals of that group; last those that do not reach it (6.5.4). */
    private static List<Attribute> node(StorageNode node, Collection<NetworkPortal> all) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.text(Tag.ISCSI_NAME, node.iqn()));
        attributes.add(Attribute.number(Tag.ISCSI_NODE_TYPE, TARGET));
        attributes.add(Attribute.text(Tag.ISCSI_ALIAS, node.alias()));
        attributes.add(Attribute.text(Tag.ISCSI_AUTH_METHOD, node.authMethod()));
        Map<NetworkPortal, Integer> tags = node.portalGroupTags();
        for (int tag : new TreeSet<>(tags.values())) {
            attributes.add(Attribute.number(Tag.PG_TAG, tag));
            all.stream()
                    .filter(portal -> tags.containsKey(portal) && tags.get(portal) == tag)
                    .forEach(portal -> addGroupMember(portal, attributes));
        }
        if (!tags.keySet().containsAll(all)) {
            attributes.add(Attribute.empty(Tag.PG_TAG));
            all.stream()
                    .filter(portal -> !tags.containsKey(portal))
                    .forEach(portal -> addGroupMember(portal, attributes));
        }
        return attributes;
    }

    private static void addGroupMember(NetworkPortal portal, List<Attribute> attributes) {
        attributes.add(Attribute.address(Tag.PG_PORTAL_IP_ADDRESS, portal.address()));
        attributes.add(Attribute.number(Tag.PG_PORTAL_TCP_UDP_PORT, portal.port()));
    }

    private static List<Attribute> source(String name) {
        return new ArrayList<>(List.of(Attribute.text(Tag.ISCSI_NAME, name)));
    }

    private Attribute identifier() {
        return Attribute.text(Tag.ENTITY_IDENTIFIER, entity.identifier());
    }
}
