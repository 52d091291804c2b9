package org.lunaria.isns.internal.registration;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

/**
 * What one server knows of this appliance, as far as can be told, and what it takes to make it what there is. Whatever
 * fails amid it, the next update begins by looking at what the server has. Confined to the thread of its Registrar.
 */
final class Registration {
    private final RegistrationMessages messages;
    private final Entity entity;
    private final StatusInquiry inquiry;

    /** What the server confirmed. */
    private Inventory confirmed = Inventory.EMPTY;

    /** What it may have, confirmed or not: all of it has to be taken back in the end. */
    private final Set<String> heldNames = new LinkedHashSet<>();

    private final Set<NetworkPortal> heldPortals = new LinkedHashSet<>();

    /** Whether what a former run may have left at the server was replaced. */
    private boolean replaced;

    /** A server need not inquire (6.3.4); what is registered without it is renewed all the same. */
    private boolean inquiryRefused;

    private int periodSeconds;

    Registration(Entity entity, StatusInquiry inquiry) {
        this.entity = entity;
        this.messages = new RegistrationMessages(entity);
        this.inquiry = inquiry;
        this.periodSeconds = entity.registrationSeconds();
    }

    boolean isThere() {
        return !confirmed.isEmpty();
    }

    boolean mayHoldAnything() {
        return !heldNames.isEmpty();
    }

    int targets() {
        return confirmed.nodes().size();
    }

    int portals() {
        return confirmed.portals().size();
    }

    /**
     * Makes the server know just this. To be called in time, also when nothing has changed: it renews.
     *
     * @return seconds that the server keeps it when it hears no more
     * @throws IOException with one sentence on why the server does not know it
     */
    int update(Exchange exchange, Inventory wanted) throws IOException {
        if (wanted.isEmpty()) {
            takeBack(exchange);
            return periodSeconds;
        }
        if (isThere() && !isComplete(exchange)) {
            confirmed = Inventory.EMPTY;
        }
        register(exchange, wanted, inquiries(exchange.localAddress(), wanted));
        deregisterAllBut(exchange, wanted);
        confirmed = wanted;
        return periodSeconds;
    }

    /** Deregisters the entity and all in it. */
    void takeBack(Exchange exchange) throws IOException {
        if (mayHoldAnything()) {
            String source = isThere()
                    ? confirmed.nodes().get(0).iqn()
                    : heldNames.iterator().next();
            Message answer = exchange.call(Function.DEV_DEREG, false, messages.deregistration(source));
            if (!isForgotten(answer)) {
                expectSuccess(answer);
            }
        }
        forget();
    }

    /** The server does not even know who asks it to forget: it has lost all, or refused it. */
    private static boolean isForgotten(Message answer) {
        return answer.status() == StatusCode.SOURCE_UNKNOWN.code()
                || answer.status() == StatusCode.NO_SUCH_ENTRY.code();
    }

    private void forget() {
        heldNames.clear();
        heldPortals.clear();
        confirmed = Inventory.EMPTY;
        replaced = false;
    }

    /**
     * Asks for everything that was confirmed. A server that does not show it, since it lost it or because no discovery
     * domain lets a node see itself, is told all again. One that cannot give so long an answer (Open-iSNS says Internal
     * Error above 8 KiB) is asked for one node instead.
     */
    private boolean isComplete(Exchange exchange) throws IOException {
        StorageNode source = confirmed.nodes().get(0);
        Message answer = exchange.call(Function.DEV_ATTR_QRY, false, messages.query(source.iqn()));
        if (answer.isSuccessful()) {
            return shows(answer, confirmed.names(), confirmed.portals());
        }
        answer = exchange.call(Function.DEV_ATTR_QRY, false, messages.queryItself(source.iqn()));
        return answer.isSuccessful()
                && shows(answer, Set.of(source.iqn()), source.portalGroupTags().keySet());
    }

    private static boolean shows(Message answer, Set<String> names, Collection<NetworkPortal> portals)
            throws IOException {
        Set<String> missingNames = new HashSet<>(names);
        Set<NetworkPortal> missingPortals = new HashSet<>(portals);
        Optional<InetAddress> address = Optional.empty();
        for (Attribute attribute : answer.operating()) {
            if (attribute.is(Tag.ISCSI_NAME)) {
                missingNames.remove(attribute.text());
            } else if (attribute.is(Tag.PORTAL_IP_ADDRESS)) {
                address = Optional.of(attribute.address());
            } else if (attribute.is(Tag.PORTAL_TCP_UDP_PORT) && address.isPresent()) {
                InetAddress shown = address.get();
                long port = attribute.number();
                missingPortals.removeIf(portal -> portal.isAt(shown, port));
            }
        }
        return missingNames.isEmpty() && missingPortals.isEmpty();
    }

    private void register(Exchange exchange, Inventory wanted, List<RegistrationMessages.Inquiry> inquiries)
            throws IOException {
        List<NetworkPortal> portals = wanted.newPortals(confirmed);
        List<StorageNode> nodes = wanted.newNodes(confirmed);
        String source = source(wanted);
        List<List<Attribute>> registration = messages.registration(source, portals, nodes, wanted.portals(), inquiries);
        heldPortals.addAll(portals);
        nodes.forEach(node -> heldNames.add(node.iqn()));
        for (List<Attribute> message : registration) {
            Message answer = exchange.call(Function.DEV_ATTR_REG, !replaced, message);
            if (!answer.isSuccessful()) {
                // Whatever it has is not what is thought to be there: the next attempt replaces it.
                replaced = false;
                confirmed = Inventory.EMPTY;
                inquiryRefused |= answer.status() == StatusCode.ESI_NOT_AVAILABLE.code();
            }
            expectSuccess(answer);
            replaced = true;
            takePeriod(answer);
        }
    }

    private void deregisterAllBut(Exchange exchange, Inventory wanted) throws IOException {
        Set<String> names = new LinkedHashSet<>(heldNames);
        names.removeAll(wanted.names());
        Collection<NetworkPortal> portals = heldPortals.stream()
                .filter(held -> wanted.portals().stream().noneMatch(one -> one.isAt(held.address(), held.port())))
                .toList();
        String source = wanted.nodes().get(0).iqn();
        for (List<Attribute> message : messages.deregistration(source, portals, names)) {
            expectSuccess(exchange.call(Function.DEV_DEREG, false, message));
        }
        heldNames.retainAll(wanted.names());
        heldPortals.retainAll(wanted.portals());
    }

    /** A node of the entity as the server knows it (5.6.1); at first one of those that it gets to know. */
    private String source(Inventory wanted) {
        return (isThere() ? confirmed : wanted).nodes().get(0).iqn();
    }

    private List<RegistrationMessages.Inquiry> inquiries(InetAddress local, Inventory wanted) throws IOException {
        boolean reached =
                wanted.portals().stream().anyMatch(portal -> portal.address().equals(local));
        return inquiry.intervalSeconds() == 0 || inquiryRefused || !reached
                ? List.of()
                : List.of(new RegistrationMessages.Inquiry(local, inquiry.port(local), inquiry.intervalSeconds()));
    }

    /** The server may choose another period (5.7.5.1). */
    private void takePeriod(Message answer) throws IOException {
        for (Attribute attribute : answer.operating()) {
            if (attribute.is(Tag.REGISTRATION_PERIOD) && !attribute.isEmpty()) {
                long seconds = attribute.number();
                periodSeconds = (int)
                        Math.max(1, Math.min(seconds == 0 ? Integer.MAX_VALUE : seconds, entity.registrationSeconds()));
            }
        }
    }

    private static void expectSuccess(Message answer) throws IOException {
        if (!answer.isSuccessful()) {
            throw new IOException(
                    "The server refused with " + answer.functionName() + ": " + answer.statusWords() + ".");
        }
    }
}
