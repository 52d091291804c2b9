package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of a volume to its server, in the order in which they were made, and their buffers, which the next ones take over.
 * Confined to the thread of its volume.
 */
final class Connections {
    private final RemoteServer server;
    private final Selector selector;
    private final List<ConnectionBuffers> buffers = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    Connections(RemoteServer server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    int size() {
        return connections.size();
    }

    Connection get(int index) {
        return connections.get(index);
    }

    /** Begins to connect once more. */
    void add(Session session) throws IOException {
        int index = connections.size();
        if (buffers.size() == index) {
            buffers.add(new ConnectionBuffers());
        }
        connections.add(new Connection(
                server.address(), selector, buffers.get(index), server.exportName(), server.tls(), session));
    }

    /**
     * Leaves it at those that have an export, where that is the first one at least and the last one has none.
     *
     * @param failed which one failed, or null where none did, and the last one takes too long or could not be begun
     * @return whether that was possible
     */
    boolean doWithoutLast(Connection failed) {
        int last = connections.size() - 1;
        if (last < 0 || connections.get(0).export() == null || failed != null && failed != connections.get(last)) {
            return false;
        }
        if (connections.get(last).export() == null) {
            connections.remove(last).close();
            return true;
        }
        return failed == null;
    }

    /** The one with the fewest requests under way, or null if none takes another. */
    Connection leastBusy() {
        Connection least = null;
        for (int i = 0; i < connections.size(); i++) {
            Connection each = connections.get(i);
            if (each.hasRoom() && (least == null || each.busy() < least.busy())) {
                least = each;
            }
        }
        return least;
    }

    /** Whether a request has waited for its answer since before a time. */
    boolean haveOlderThan(long nanos) {
        return connections.stream().anyMatch(each -> each.hasOlderThan(nanos));
    }

    boolean areClosed() {
        return connections.stream().noneMatch(Connection::isOpen);
    }

    /** Sends no more over any of them; whether there is one that the server has yet to close. */
    boolean beginEnding() {
        boolean waits = false;
        for (Connection each : connections) {
            waits |= each.isOpen() && each.beginEnding();
        }
        return waits;
    }

    /** Takes leave of the server. */
    void disconnect() {
        connections.forEach(Connection::disconnect);
    }

    /** Afterwards there are none. */
    void close() {
        connections.forEach(Connection::close);
        connections.clear();
    }
}
