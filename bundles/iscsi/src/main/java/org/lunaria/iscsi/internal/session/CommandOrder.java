package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.InitiatorPdu;
import org.lunaria.iscsi.internal.wire.Region;

/**
 * Puts the commands of a session in the order of their CmdSN, whichever of its connections they come on (RFC 7143
 * 4.2.2.1). Confined to the session's thread.
 */
final class CommandOrder {
    /** Does what a request says, at its turn. */
    interface Performer {
        void perform(ByteBuffer header, int at, Region data);

        /** Takes a Data-Out that came behind a request before its turn; empty data is damaged. */
        void follow(ByteBuffer header, Optional<Region> data);
    }

    private record Waiting(long cmdSN, Runnable work) {}

    private final Session session;
    private final CommandWindow window;

    /** Bound: the command window. Empty stands for a command that will not come (11.6.1, ABORT TASK of one not received). */
    private final Map<Long, Optional<EarlyCommand>> early = new HashMap<>();

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
        Region kept = data.length() == 0
                ? Region.EMPTY
                : session.buffers().keep(data, session.buffers().pool().nobody());
        early.put(cmdSN, Optional.of(new EarlyCommand(connection, performer, header, at, kept)));
    }

    /** The command that an unsolicited Data-Out belongs to, when its turn has not come. */
    Optional<EarlyCommand> awaiting(SessionConnection connection, DataOutPdu pdu) {
        if (early.isEmpty()) {
            return Optional.empty();
        }
        return early.values().stream()
                .flatMap(Optional::stream)
                .filter(each -> each.isOn(connection) && each.awaits(pdu))
                .findFirst();
    }

    private void performEarly() {
        // What came early behind a logout is not done: nobody would end its tasks any more.
        while (!early.isEmpty() && !session.isClosed() && early.containsKey(window.expCmdSN())) {
            Optional<EarlyCommand> next = early.remove(window.expCmdSN());
            window.advance();
            next.ifPresent(EarlyCommand::perform);
            next.ifPresent(EarlyCommand::release);
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
        Optional<EarlyCommand> skipped = early.put(cmdSN, Optional.empty());
        if (skipped != null) {
            skipped.ifPresent(EarlyCommand::release);
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
            boolean gone = each.filter(command -> command.isOn(connection)).isPresent();
            if (gone) {
                each.ifPresent(EarlyCommand::release);
            }
            return gone;
        });
    }

    /** The session is over. */
    void clear() {
        early.values().forEach(each -> each.ifPresent(EarlyCommand::release));
        early.clear();
        waiting.clear();
    }
}
