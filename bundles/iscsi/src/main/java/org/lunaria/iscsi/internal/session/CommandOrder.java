package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.InitiatorPdu;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * Puts the commands of a session in the order of their CmdSN, whichever of its connections they come on (RFC 7143
 * 4.2.2.1). Confined to the session's thread.
 */
final class CommandOrder {
    /** Does what a request says, at its turn. */
    interface Performer {
        void perform(ByteBuffer header, int at, Region data);
    }

    /**
     * A command that came before an earlier one. Bound: the command window.
     *
     * @param connection that it came on; null for none
     * @param header a copy of BHS and AHS
     * @param data with a reference to its buffer
     */
    private record Early(SessionConnection connection, Performer performer, ByteBuffer header, Region data) {}

    private record Waiting(long cmdSN, Runnable work) {}

    /** Stands for a command that will not come (RFC 7143 11.6.1, ABORT TASK of a task not received). */
    private static final Early VOID = new Early(null, (header, at, data) -> {}, ByteBuffer.allocate(0), Region.EMPTY);

    private final Session session;
    private final CommandWindow window;
    private final Map<Long, Early> early = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    CommandOrder(Session session) {
        this.session = session;
        this.window = session.window();
    }

    /** Does a request at its turn: at once when it is immediate or next; kept when it is early; else ignored. */
    void take(
            InitiatorPdu<?> pdu,
            ByteBuffer header,
            int at,
            Region data,
            SessionConnection connection,
            Performer performer) {
        if (pdu.immediate()) {
            performer.perform(header, at, data);
        } else if (pdu.cmdSN() == window.expCmdSN() && window.contains(pdu.cmdSN())) {
            window.advance();
            performer.perform(header, at, data);
            performEarly();
        } else if (window.contains(pdu.cmdSN())) {
            keep(pdu.cmdSN(), header, at, data, connection, performer);
        }
    }

    private void keep(
            long cmdSN, ByteBuffer header, int at, Region data, SessionConnection connection, Performer performer) {
        if (early.containsKey(cmdSN)) {
            return;
        }
        byte[] copy = new byte[Framing.BHS_BYTES + Pdu.ahsBytes(header, at)];
        header.get(at, copy);
        Region kept = data.length() == 0
                ? Region.EMPTY
                : session.buffers().keep(data, session.buffers().pool().nobody());
        early.put(cmdSN, new Early(connection, performer, ByteBuffer.wrap(copy), kept));
    }

    private void performEarly() {
        // What came early behind a logout is not done: nobody would end its tasks any more.
        while (!early.isEmpty() && !session.isClosed() && early.containsKey(window.expCmdSN())) {
            Early next = early.remove(window.expCmdSN());
            window.advance();
            next.performer().perform(next.header(), 0, next.data());
            release(next);
        }
        if (!waiting.isEmpty()) {
            runWaiting();
        }
    }

    /** Considers a command received that has not come and is not to come any more. False when it did, or cannot. */
    boolean skip(long cmdSN) {
        if (!window.contains(cmdSN)) {
            return false;
        }
        Early skipped = early.put(cmdSN, VOID);
        if (skipped != null) {
            release(skipped);
        }
        performEarly();
        return true;
    }

    /** Whether every command before this number has come. */
    boolean hasReached(long cmdSN) {
        return !SerialNumber.isBefore(window.expCmdSN(), cmdSN);
    }

    /** Runs something when every command before this number has come. The caller bounds how much waits. */
    void whenReached(long cmdSN, Runnable work) {
        waiting.add(new Waiting(cmdSN, work));
        runWaiting();
    }

    private void runWaiting() {
        List<Waiting> reached =
                waiting.stream().filter(each -> hasReached(each.cmdSN())).toList();
        waiting.removeAll(reached);
        reached.forEach(each -> each.work().run());
    }

    /** A connection is gone, and with it what came early on it: the initiator has to send that anew. */
    void forget(SessionConnection connection) {
        early.values().removeIf(each -> {
            boolean gone = each.connection() == connection;
            if (gone) {
                release(each);
            }
            return gone;
        });
    }

    /** The session is over. */
    void clear() {
        early.values().forEach(CommandOrder::release);
        early.clear();
        waiting.clear();
    }

    private static void release(Early command) {
        PooledBuffer buffer = command.data().buffer();
        if (buffer != null) {
            buffer.release();
        }
    }
}
