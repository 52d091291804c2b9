package org.lunaria.isns.internal.registration;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lunaria.iscsi.FakeTransport;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.StatusCode;
import org.lunaria.isns.internal.message.Tag;

/** A server without a wire: it knows names and portals, notes each request, and fails as a test says. */
final class FakeServer implements Exchange.Server {
    final List<String> requests = new ArrayList<>();
    final List<List<Attribute>> registrations = new ArrayList<>();
    final Set<String> names = new LinkedHashSet<>();
    final Set<String> portals = new LinkedHashSet<>();
    int connections;
    boolean away;
    boolean showsNothing;
    boolean cannotShowAll;
    Optional<StatusCode> refusal = Optional.empty();
    Optional<Integer> periodSeconds = Optional.empty();
    InetAddress reachedFrom = InetAddress.getLoopbackAddress();

    /** It loses all that it knows. */
    void forget() {
        names.clear();
        portals.clear();
    }

    /** The requests since the last call. */
    List<String> requests() {
        List<String> noted = List.copyOf(requests);
        requests.clear();
        return noted;
    }

    @Override
    public Exchange connect() throws IOException {
        connections++;
        if (away) {
            throw new IOException("It cannot be reached: away.");
        }
        return new Exchange() {
            @Override
            public InetAddress localAddress() {
                return reachedFrom;
            }

            @Override
            public Message call(Function function, boolean replace, List<Attribute> attributes) throws IOException {
                return answer(function, replace, attributes);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private Message answer(Function function, boolean replace, List<Attribute> attributes) throws IOException {
        requests.add((function + (replace ? " replacing " : " ") + objects(attributes)).trim());
        Message request = Message.request(function, 1, attributes);
        if (refusal.isPresent()) {
            return request.response(refusal.get(), List.of());
        }
        List<Attribute> answer = new ArrayList<>(List.of(Attribute.empty(Tag.DELIMITER)));
        switch (function) {
            case DEV_ATTR_REG -> {
                registrations.add(attributes);
                if (replace) {
                    forget();
                }
                keys(request, names, portals);
                periodSeconds.ifPresent(seconds -> answer.add(Attribute.number(Tag.REGISTRATION_PERIOD, seconds)));
            }
            case DEV_DEREG -> {
                if (request.operating().get(0).is(Tag.ENTITY_IDENTIFIER)) {
                    forget();
                }
                Set<String> goneNames = new LinkedHashSet<>();
                Set<String> gonePortals = new LinkedHashSet<>();
                keys(request, goneNames, gonePortals);
                names.removeAll(goneNames);
                portals.removeAll(gonePortals);
            }
            case DEV_ATTR_QRY -> {
                Attribute key = attributes.get(1);
                if (key.is(Tag.ENTITY_IDENTIFIER) && cannotShowAll) {
                    return request.response(StatusCode.INTERNAL_ERROR, List.of());
                }
                if (!showsNothing) {
                    for (String name : names) {
                        Attribute shown = Attribute.text(Tag.ISCSI_NAME, FakeTransport.NAME + name);
                        if (key.is(Tag.ENTITY_IDENTIFIER) || key.equals(shown)) {
                            answer.add(shown);
                        }
                    }
                    for (String portal : portals) {
                        int colon = portal.lastIndexOf(':');
                        answer.add(Attribute.address(
                                Tag.PORTAL_IP_ADDRESS, InetAddress.getByName(portal.substring(0, colon))));
                        answer.add(Attribute.number(
                                Tag.PORTAL_TCP_UDP_PORT, Integer.parseInt(portal.substring(colon + 1))));
                    }
                }
            }
            case SCN_REG, SCN, ESI -> throw new AssertionError("not for a target: " + function);
        }
        return request.response(StatusCode.SUCCESSFUL, answer);
    }

    /** The keys behind the delimiter. */
    private static String objects(List<Attribute> attributes) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Set<String> portals = new LinkedHashSet<>();
        Message message = Message.request(Function.DEV_DEREG, 1, attributes);
        keys(message, names, portals);
        String entity = message.operating().get(0).is(Tag.ENTITY_IDENTIFIER) && names.isEmpty() && portals.isEmpty()
                ? "entity "
                : "";
        return (entity + String.join(" ", portals) + " " + String.join(" ", names)).trim();
    }

    private static void keys(Message request, Set<String> names, Set<String> portals) throws IOException {
        String address = "";
        for (Attribute attribute : request.operating()) {
            if (attribute.isEmpty()) {
                continue;
            }
            if (attribute.is(Tag.ISCSI_NAME)) {
                names.add(attribute.text().replace(FakeTransport.NAME, ""));
            } else if (attribute.is(Tag.PORTAL_IP_ADDRESS)) {
                address = attribute.address().getHostAddress();
            } else if (attribute.is(Tag.PORTAL_TCP_UDP_PORT)) {
                portals.add(address + ":" + attribute.number());
            }
        }
    }
}
