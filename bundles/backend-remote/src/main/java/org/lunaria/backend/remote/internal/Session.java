package org.lunaria.backend.remote.internal;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume's business with its server: connects, sends what callers ask for, and after a loss of a connection makes good
 * what the server may have forgotten (decision 0009). All of it is done by one thread, which is this Runnable's.
 *
 * <p>When one connection is lost, all are: then the server is asked for everything again that it has not answered, behind
 * what is in the {@link WriteLog}. Operations go out in the order in which they came, but a change waits for what it
 * overlaps, and a read for a change that it overlaps; what comes later waits behind them.
 */
final class Session implements Runnable {

    private enum State {
        /** No connection; the next attempt is at a set time. */
        AWAY,
        CONNECTING,
        /** Connected; unflushed changes are done again. */
        REPLAYING,
        SERVING,
        /** Given up by us: waits until the server has closed, so that it is at work on nothing that we sent. */
        ENDING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final long CLOSE_NANOS_MOST = TimeUnit.SECONDS.toNanos(10);

    /** How long a further connection is waited for, when there is one: some servers leave it without an answer. */
    private static final long FURTHER_NANOS_MOST = TimeUnit.SECONDS.toNanos(3);

    private final RemoteSettings settings;
    private final RemoteServer server;
    private final Selector selector;
    private final Callers callers;
    private final WriteLog log;
    private final Absence absence;
    private final Runnable opened;
    private final Connections connections;

    /** What is done again, before anything that callers want. */
    private ArrayDeque<Operation<?>> replays = new ArrayDeque<>();

    private final UnderWay underWay = new UnderWay();

    private State state = State.AWAY;
    private long stateNanos;
    private long checkedNanos;
    private Export export;
    private boolean known;
    private boolean flushed;
    private boolean makingRoom;

    /** How many connections there were when another one was not to be had; 0 before. */
    private int fewConnections;

    /** A change that was acknowledged cannot be done again: no flush will say that it is durable. */
    private volatile boolean forgotten;

    private volatile Profile profile;
    private volatile boolean asleep;
    private volatile boolean closing;
    private boolean closeFlushed;
    private long closeNanos;
    private volatile boolean unsaved;

    /** @param opened called once, by the thread of this session, when there is a profile: it must not wait for I/O */
    Session(RemoteSettings settings, RemoteServer server, Runnable opened) throws IOException {
        this.settings = settings;
        this.server = server;
        this.opened = opened;
        selector = Selector.open();
        connections = new Connections(server, selector);
        log = new WriteLog(settings.unflushedBytes());
        callers = new Callers(this::wake);
        stateNanos = System.nanoTime();
        absence = new Absence(settings, server, stateNanos);
    }

    Inbox inbox() {
        return callers.inbox();
    }

    Profile profile() {
        return profile;
    }

    /** What is in the way, as a sentence; empty if nothing. For any thread. */
    String trouble() {
        String away = absence.trouble();
        return away.isEmpty() && forgotten ? loss() + ": it takes no flush until it is opened again." : away;
    }

    private String loss() {
        return server + " lost what was written, and would not take it again";
    }

    /** Why there is no profile yet. For any thread. */
    String obstacle() {
        return absence.obstacle();
    }

    /** Asks the thread to end; it ends by itself within 10 seconds. */
    void close() {
        closing = true;
        selector.wakeup();
    }

    /** After the end: whether changes were acknowledged that are not known to be durable. */
    boolean isUnsaved() {
        return unsaved;
    }

    private void wake() {
        if (asleep) {
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = turn();
            } catch (IOException | RuntimeException e) {
                LOG.error("{}: a mistake of this program", settings, e);
                lost(null, new Refusal(e.toString()), System.nanoTime());
            }
        }
    }

    /** Everything there is to do now; false when all is done for good. */
    private boolean turn() throws IOException {
        select();
        long now = System.nanoTime();
        callers.tellSucceeded();
        callers.take();
        if (state != State.SERVING || now - checkedNanos > settings.tickNanos()) {
            checkedNanos = now;
            onTime(now);
        }
        if (closing && closed(now)) {
            return false;
        }
        dispatch(now);
        for (int i = 0; i < connections.size(); i++) {
            guarded(connections.get(i), Connection::flush);
        }
        return true;
    }

    private void select() throws IOException {
        asleep = true;
        long millis = settings.tickMillis();
        if (state == State.AWAY) {
            millis = Math.max(1, Math.min(millis, TimeUnit.NANOSECONDS.toMillis(stateNanos - System.nanoTime())));
        }
        if (callers.inbox().isEmpty() && !(closing && underWay.isEmpty())) {
            selector.select(this::ready, millis);
        } else {
            selector.selectNow(this::ready);
        }
        asleep = false;
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        if (key.isValid()) {
            guarded(connection, Connection::ready);
        }
    }

    private interface Step {
        void take(Connection connection) throws IOException;
    }

    /** What fails is the end of the connection. */
    private void guarded(Connection connection, Step step) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            step.take(connection);
        } catch (IOException e) {
            lost(connection, e, System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("{}: a mistake of this program", settings, e);
            lost(connection, new Refusal(e.toString()), System.nanoTime());
        }
    }

    private void onTime(long now) {
        switch (state) {
            case AWAY -> {
                if (now - stateNanos >= 0 && !closing) {
                    begin(now);
                }
            }
            case CONNECTING -> {
                long most = connections.size() > 1
                        ? Math.min(FURTHER_NANOS_MOST, settings.timeoutNanos())
                        : settings.timeoutNanos();
                if (now - stateNanos > most) {
                    long millis = TimeUnit.NANOSECONDS.toMillis(most);
                    lost(null, new Refusal("no connection within " + millis + " ms"), now);
                }
            }
            case REPLAYING, SERVING -> {
                if (connections.haveOlderThan(now - settings.timeoutNanos())) {
                    lost(null, new Refusal("no answer within " + settings.timeoutMillis() + " ms"), now);
                }
            }
            case ENDING -> {
                if (now - stateNanos > settings.timeoutNanos()) {
                    away(now);
                }
            }
        }
        if (state != State.SERVING) {
            failWhatWaitedTooLong(now);
        }
    }

    private void failWhatWaitedTooLong(long now) {
        ArrayDeque<Operation<?>> waiting = callers.waiting();
        boolean gone = absence.isTooLong(now);
        while (!waiting.isEmpty() && (gone || absence.hasTakenTooLong(waiting.peek(), now))) {
            callers.fail(waiting.poll(), absence.failure());
        }
    }

    // Connecting.

    private void begin(long now) {
        enter(State.CONNECTING, now);
        connect(now);
    }

    private void connect(long now) {
        try {
            connections.add(this);
        } catch (IOException | RuntimeException e) {
            lost(null, e, now);
        }
    }

    /** A connection has an export. The first one tells whether there may be more. */
    void negotiated(Connection connection) throws Refusal {
        long now = System.nanoTime();
        if (connections.get(0) == connection) {
            // What nobody has seen yet binds nobody.
            Optional<Profile> before = Optional.ofNullable(known ? profile : null);
            profile = connection.export().profileAfter(before, !log.isEmpty());
            export = connection.export();
        } else if (!connection.export().equals(export)) {
            throw new Refusal("the server says of its export now this and now that");
        }
        boolean more = export.has(Nbd.CAN_MULTI_CONN) && connections.size() < settings.connections();
        if (more) {
            enter(State.CONNECTING, now);
            connect(now);
        } else {
            replay(now);
        }
    }

    private void replay(long now) {
        replays = log.replay(export.has(Nbd.SEND_WRITE_ZEROES));
        enter(State.REPLAYING, now);
    }

    /** A server may give fewer connections than it was asked for. */
    private void doWithoutFurther(Exception why, long now) {
        if (connections.size() != fewConnections) {
            fewConnections = connections.size();
            LOG.warn(
                    "{}: {} gives {} of {} connections, and does not give another: {}",
                    settings,
                    server,
                    fewConnections,
                    settings.connections(),
                    why.getMessage());
        }
        replay(now);
    }

    private void serve(long now) {
        enter(State.SERVING, now);
        absence.end();
        if (export.writeThrough()) {
            // So what was done again is durable; to do it once more would replace what is not kept from now on.
            log.release(log.mark());
        }
        if (!known) {
            known = true;
            if (!export.has(Nbd.READ_ONLY) && !export.writable()) {
                LOG.warn(
                        "{}: {} offers neither flush nor FUA, so that nothing written to it could be called durable:"
                                + " the volume is read-only",
                        settings,
                        server);
            }
            opened.run();
        }
    }

    // Losing.

    /**
     * Ends all connections.
     *
     * @param connection the one that failed, or null when we give up on all
     */
    private void lost(Connection connection, Exception why, long now) {
        if (state == State.ENDING || state == State.AWAY) {
            if (connection != null) {
                connection.close();
            }
            if (state == State.ENDING && connections.areClosed()) {
                away(now);
            }
            return;
        }
        if (state == State.CONNECTING && connections.doWithoutLast(connection)) {
            doWithoutFurther(why, now);
            return;
        }
        if (state == State.SERVING) {
            absence.begin(now - stateNanos, now);
        }
        absence.because(why, !closing);
        boolean byServer = connection != null && !(why instanceof Refusal);
        if (byServer) {
            connection.close();
        }
        boolean waits = connections.beginEnding();
        takeBack(now);
        if (waits) {
            enter(State.ENDING, now);
        } else {
            away(now);
        }
    }

    /** What is under way goes back to the head of the queue, in its order. */
    private void takeBack(long now) {
        for (Operation<?> each : underWay.takeAllLastFirst()) {
            if (each.reserved) {
                log.cancel(each);
            }
            if (each.internal) {
                continue;
            }
            each.rewind();
            if (absence.hasTakenTooLong(each, now)) {
                callers.fail(each, absence.failure());
            } else {
                callers.waiting().addFirst(each);
            }
        }
        replays.clear();
        makingRoom = false;
    }

    private void away(long now) {
        connections.close();
        enter(State.AWAY, now + absence.nextWaitNanos());
    }

    private void enter(State next, long nanos) {
        state = next;
        stateNanos = nanos;
    }

    // Sending.

    private void dispatch(long now) {
        if (state == State.REPLAYING) {
            sendAll(replays, now);
            if (replays.isEmpty() && underWay.isEmpty()) {
                serve(now);
            }
        }
        if (state == State.SERVING) {
            sendAll(callers.waiting(), now);
        }
    }

    private void sendAll(ArrayDeque<Operation<?>> waiting, long now) {
        for (Operation<?> next = waiting.peek(); next != null; next = waiting.peek()) {
            if (next.kind == Operation.Kind.FLUSH && answersFlush(next)) {
                waiting.poll();
                continue;
            }
            if (!export.takes(next)) {
                // Who asks again knows what the server can do now.
                callers.fail(
                        waiting.poll(),
                        new Failure(Fault.BUSY, -1, settings + ": " + server + " cannot do that any more"));
                continue;
            }
            Connection connection = connections.leastBusy();
            if (connection == null || underWay.conflicts(next) || !hasRoom(next, now)) {
                return;
            }
            waiting.poll();
            send(connection, next, now);
        }
    }

    /** A flush that has nothing to do, or cannot succeed. */
    private boolean answersFlush(Operation<?> flush) {
        if (forgotten) {
            callers.fail(flush, new Failure(Fault.WRITE_ERROR, -1, settings + ": " + loss()));
        } else if (!export.has(Nbd.SEND_FLUSH) || flushed && log.isEmpty()) {
            callers.succeed(flush);
        } else {
            return false;
        }
        return true;
    }

    private void send(Connection connection, Operation<?> operation, long now) {
        operation.mark = log.mark();
        underWay.add(operation);
        connection.send(operation, now);
    }

    /** Whether what a change does can be kept until a flush; where not, sees to a flush. */
    private boolean hasRoom(Operation<?> operation, long now) {
        if (!operation.kind.change || operation.internal || export.writeThrough()) {
            return true;
        }
        // A durable change behind an unflushed one is kept as well: else that one, done again, would replace it.
        boolean fits = operation.durable && log.isIdle() || log.reserve(operation);
        if (!makingRoom && (log.isHalfFull() || !fits && !log.isEmpty())) {
            Connection connection = connections.leastBusy();
            if (connection != null && export.has(Nbd.SEND_FLUSH)) {
                Operation<Void> flush = new Operation<>(Operation.Kind.FLUSH, 0, 0, null, false, false);
                flush.internal = true;
                makingRoom = true;
                send(connection, flush, now);
                // It may have taken the last place.
                if (fits && connections.leastBusy() == null) {
                    if (operation.reserved) {
                        log.cancel(operation);
                    }
                    return false;
                }
            }
        }
        return fits;
    }

    // Receiving.

    /** The server answered the part of an operation that was under way. */
    void answered(Connection connection, Operation<?> operation) throws Refusal {
        if (operation.error == ServerError.ESHUTDOWN) {
            throw new Refusal("the server is shutting down");
        }
        if (operation.error == ServerError.ENOMEM && operation.internal) {
            throw new Refusal("the server has no memory for what it is to do again");
        }
        if (operation.error != null) {
            failed(operation);
            return;
        }
        operation.doneBytes += operation.partBytes;
        if (operation.hasMore()) {
            connection.send(operation, System.nanoTime());
            return;
        }
        underWay.remove(operation);
        if (operation.kind == Operation.Kind.FLUSH) {
            flushed = true;
            log.release(operation.mark);
        } else if (operation.reserved) {
            log.append(operation);
        }
        if (operation.internal) {
            makingRoom &= operation.kind != Operation.Kind.FLUSH;
        } else {
            callers.succeedTogether(operation);
        }
    }

    private void failed(Operation<?> operation) throws Refusal {
        underWay.remove(operation);
        if (operation.reserved) {
            log.cancel(operation);
        }
        String what = operation.kind + " of " + operation.length + " bytes at " + operation.offset + " with "
                + operation.error + (operation.errorText.isEmpty() ? "" : ": " + operation.errorText);
        boolean flush = operation.kind == Operation.Kind.FLUSH;
        Fault fault = operation.error.fault(operation.kind.change || flush);
        if (!operation.internal) {
            callers.fail(
                    operation,
                    new Failure(fault, operation.errorOffset, settings + ": " + server + " answers " + what));
        } else if (!flush) {
            forgotten = true;
            LOG.error("{}: {} lost what was written, and answers {}", settings, server, what);
        }
        if (flush) {
            // What it kept in memory may be gone: everything is to be written anew before the next flush.
            throw new Refusal("a flush failed: " + operation.error + " " + operation.errorText);
        }
    }

    // Closing.

    /** Ends in order: what is under way, a flush, leave; true when that is done, or cannot be done. */
    private boolean closed(long now) throws IOException {
        Failure end = new Failure(Fault.OFFLINE, -1, settings + " is closed");
        callers.takeLast();
        callers.failWaiting(end);
        if (closeNanos == 0) {
            closeNanos = now + Math.min(CLOSE_NANOS_MOST, settings.timeoutNanos());
        }
        boolean serves = state == State.SERVING && now - closeNanos < 0;
        if (serves && !underWay.isEmpty()) {
            return false;
        }
        if (serves && !log.isEmpty() && !closeFlushed && export.has(Nbd.SEND_FLUSH)) {
            Operation<Void> flush = new Operation<>(Operation.Kind.FLUSH, 0, 0, null, false, false);
            flush.internal = true;
            closeFlushed = true;
            send(connections.get(0), flush, now);
            return false;
        }
        takeBack(now);
        callers.failWaiting(end);
        unsaved = forgotten || !log.isEmpty();
        connections.disconnect();
        selector.close();
        return true;
    }
}
