package org.lunaria.isns.internal.registration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lunaria.isns.internal.message.Attribute;
import org.lunaria.isns.internal.message.Function;
import org.lunaria.isns.internal.message.Message;
import org.lunaria.isns.internal.message.Tag;
import org.lunaria.isns.internal.network.InquiryPort;
import org.lunaria.isns.internal.network.ServerAddress;
import org.lunaria.isns.internal.network.ServerConnection;

/** An initiator that registers itself, and has the server tell it what changes (SCN, RFC 4171 5.6.5.5). */
final class Watcher implements AutoCloseable {
    static final String NAME = "iqn.2026-11.org.lunaria.test:watcher";

    /** Bits of the SCN bitmap (6.4.4). */
    static final int ADDED = 0x08;

    static final int REMOVED = 0x10;

    private static final int UPDATED = 0x04;
    private static final int TARGET_AND_SELF = 0x40;
    private static final int INITIATOR = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Message> changes = new LinkedBlockingQueue<>();
    private final InquiryPort port;
    private final ServerAddress server;

    Watcher(ServerAddress server) throws IOException {
        this.server = server;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        port = InquiryPort.open(new InetSocketAddress(loopback, 0), PATIENCE, changes::add);
        Attribute source = Attribute.text(Tag.ISCSI_NAME, NAME);
        Attribute entity = Attribute.text(Tag.ENTITY_IDENTIFIER, "watcher");
        call(
                Function.DEV_ATTR_REG,
                List.of(
                        source,
                        entity,
                        Attribute.empty(Tag.DELIMITER),
                        entity,
                        Attribute.number(Tag.ENTITY_PROTOCOL, 2),
                        Attribute.address(Tag.PORTAL_IP_ADDRESS, loopback),
                        Attribute.number(Tag.PORTAL_TCP_UDP_PORT, port.port()),
                        Attribute.number(Tag.SCN_PORT, port.port()),
                        source,
                        Attribute.number(Tag.ISCSI_NODE_TYPE, INITIATOR)));
        call(
                Function.SCN_REG,
                List.of(
                        source,
                        source,
                        Attribute.empty(Tag.DELIMITER),
                        Attribute.number(Tag.ISCSI_SCN_BITMAP, TARGET_AND_SELF | ADDED | REMOVED | UPDATED)));
    }

    /** The names of the targets that it sees (DevAttrQry by node type). */
    List<String> targets() throws IOException {
        Message answer = call(
                Function.DEV_ATTR_QRY,
                List.of(
                        Attribute.text(Tag.ISCSI_NAME, NAME),
                        Attribute.number(Tag.ISCSI_NODE_TYPE, 1),
                        Attribute.empty(Tag.DELIMITER),
                        Attribute.empty(Tag.ISCSI_NAME)));
        List<String> names = new ArrayList<>();
        for (Attribute attribute : answer.operating()) {
            names.add(attribute.text());
        }
        return names;
    }

    /** Waits until the server tells of a change. */
    void awaitChange(int bit, String name) throws IOException, InterruptedException {
        List<Message> others = new ArrayList<>();
        while (true) {
            Message change = changes.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (change == null) {
                throw new AssertionError("no change " + bit + " of " + name + ", but " + others);
            }
            if (tells(change, bit, name)) {
                return;
            }
            others.add(change);
        }
    }

    /** An SCN holds the node that it is for, the time, and then bitmaps, each before the nodes that it is about. */
    private static boolean tells(Message change, int bit, String name) throws IOException {
        long bitmap = 0;
        for (Attribute attribute : change.attributes()) {
            if (attribute.is(Tag.ISCSI_SCN_BITMAP)) {
                bitmap = attribute.number();
            } else if (attribute.is(Tag.ISCSI_NAME) && attribute.text().equals(name) && (bitmap & bit) != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    private Message call(Function function, List<Attribute> attributes) throws IOException {
        try (ServerConnection connection = ServerConnection.open(server, PATIENCE)) {
            Message answer = connection.call(function, false, attributes);
            if (!answer.isSuccessful()) {
                throw new IOException(answer.functionName() + ": " + answer.statusWords());
            }
            return answer;
        }
    }
}
