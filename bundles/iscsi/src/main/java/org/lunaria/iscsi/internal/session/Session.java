package org.lunaria.iscsi.internal.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session in its full feature phase (RFC 7143 4.3): its connections, its tasks, the order of its commands, its I_T nexus.
 * Confined to one I/O thread, on which all of its connections are, but for {@link #status}, {@link #state}, {@link #drop},
 * {@link #revoke}, {@link #reinstate} and what is final.
 */
public final class Session implements Responses.Load {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** How long an initiator has to log out that was asked to. */
    static final int LOGOUT_SECONDS = 3;

    /** The longest that tasks of a lost connection hold memory, whatever was agreed on. */
    static final int KEPT_SECONDS_MAX = 300;

    private final SessionRegistry registry;
    private final String id;
    private final int tsih;

    /** Of the login that the session began with. */
    private final LoginOutcome outcome;

    /** Made once: each command is looked up by it. */
    private final Optional<Nexus> nexus;

    private final IoThread thread;
    private final Instant since = Instant.now();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final SessionRules rules;
    private final CommandWindow window;
    private final CommandOrder order;
    private final TaskTable tasks = new TaskTable();
    private final Admission admission;

    /** Those that are logged in. Bound: MaxConnections. */
    private final List<SessionConnection> connections = new CopyOnWriteArrayList<>();

    /** Those that were lost and may be recovered (ErrorRecoveryLevel 2), by their identifiers. Bound: as many as could be there. */
    private final Map<Integer, SessionConnection> lost = new HashMap<>();

    private final Counter tasksUnderWay = new Counter();
    private final Counter commands = new Counter();
    private final Counter dataInBytes = new Counter();
    private final Counter dataOutBytes = new Counter();

    private long nextTargetTransferTag;
    private boolean revoked;
    private volatile SessionState state =
            SessionState.FREE.after(SessionState.Event.LOGIN_BEGAN).orElseThrow();

    /**
     * @param registry that it is in
     * @param connection the first one, whose thread is the session's
     * @param cmdSN that the first command will carry
     * @param statSN of the next response on that connection
     * @param rules that it is held to
     */
    Session(
            SessionRegistry registry,
            String id,
            int tsih,
            LoginOutcome outcome,
            Connection connection,
            long cmdSN,
            long statSN,
            SessionRules rules) {
        this.registry = registry;
        this.id = id;
        this.tsih = tsih;
        this.outcome = outcome;
        this.nexus = outcome.nexus();
        this.thread = connection.wire().thread();
        this.rules = rules;
        this.window = new CommandWindow(cmdSN, rules.commandsMax());
        this.order = new CommandOrder(this);
        this.admission = new Admission(thread, this::execute);
        connections.add(new SessionConnection(this, connection, outcome, statSN));
    }

    public String id() {
        return id;
    }

    /** Target session identifying handle, not 0. */
    public int tsih() {
        return tsih;
    }

    public String initiatorName() {
        return outcome.initiatorName();
    }

    /** The target, or empty for a discovery session. */
    public Optional<TargetNode> target() {
        return outcome.target();
    }

    /** Name of the portal that its first connection came in by. */
    public String portal() {
        return outcome.portal().name();
    }

    public LoginOutcome outcome() {
        return outcome;
    }

    /** The logins of its connections, and the one that it began with. A snapshot, for anybody. */
    public Stream<LoginOutcome> logins() {
        return Stream.concat(Stream.of(outcome), connections.stream().map(SessionConnection::outcome));
    }

    /** For the log: who is connected to what. */
    String name() {
        return "session %s of %s (%s) with %s"
                .formatted(
                        id,
                        outcome.initiatorName(),
                        connections.stream()
                                .map(each -> Addresses.text(each.wire().peerAddress()))
                                .findFirst()
                                .orElseGet(() -> outcome.address().getHostAddress()),
                        outcome.target().map(TargetNode::iqn).orElse("discovery"));
    }

    void logLogin() {
        LOG.info(
                "login: {} over portal {}{}",
                name(),
                portal(),
                outcome.user().isEmpty() ? "" : ", user " + outcome.user());
    }

    void logLogout() {
        LOG.info("logout: {}", name());
    }

    /** Of one of its connections. */
    void logLogout(SessionConnection gone) {
        LOG.info("logout: connection {} of {}", gone.cid(), name());
    }

    /** A snapshot, for anybody. */
    public SessionStatus status() {
        return new SessionStatus(
                id,
                outcome.initiatorName(),
                outcome.initiatorAlias(),
                outcome.isidText(),
                tsih,
                outcome.target().map(TargetNode::name).orElse(""),
                state.toString(),
                connections.stream().map(SessionConnection::status).toList(),
                since,
                (int) tasksUnderWay.get(),
                commands.get(),
                dataInBytes.get(),
                dataOutBytes.get(),
                connections.stream()
                        .map(SessionConnection::parameters)
                        .findFirst()
                        .orElse(outcome.parameters())
                        .asText());
    }

    /** For listings too, by anybody. */
    SessionState state() {
        return state;
    }

    /** Ends the session for cause, by anybody. Its initiator is told, and may come back at once. */
    void drop(String why) {
        thread.execute(() -> dropNow(why));
    }

    private void dropNow(String why) {
        if (state == SessionState.ACTIVE) {
            end(ConnectionState.Event.LOST, why);
            return;
        }
        List<SessionConnection> left = List.copyOf(connections);
        connections.clear();
        end(ConnectionState.Event.LOST, why);
        left.forEach(each -> each.dismiss(why));
    }

    /**
     * Ends the session, since its initiator has no right to it any more; by anybody. It is asked to log out, and dropped when
     * it does not. Meanwhile what is under way is done, and nothing new.
     */
    void revoke(String why) {
        thread.execute(() -> {
            if (state == SessionState.ACTIVE) {
                dropNow(why);
            } else if (!isClosed() && !revoked) {
                revoked = true;
                LOG.info("{} is asked to log out: {}", name(), why);
                connections.forEach(each -> each.requestLogout(LOGOUT_SECONDS));
                thread.after(LOGOUT_SECONDS, () -> dropNow(why));
            }
        });
    }

    /** Whether it was asked to log out, and may begin nothing. */
    boolean isRevoked() {
        return revoked;
    }

    /** How long its tasks are kept when a connection is lost. */
    int retainSeconds() {
        return outcome.parameters().errorRecoveryLevel() > 1
                ? outcome.parameters().defaultTime2Retain()
                : 0;
    }

    /** Another login takes its place; by anybody. */
    void reinstate() {
        thread.execute(() -> end(ConnectionState.Event.REINSTATED, "its initiator logged in again"));
    }

    /** Completes when the session is over, its tasks are aborted, and its nexus is lost. */
    CompletionStage<Void> ended() {
        return ended;
    }

    /** The nexus comes to be: from now on there may be commands. False when the session was closed meanwhile. */
    boolean begin() {
        Optional<SessionState> next = state.after(SessionState.Event.LOGIN_DONE);
        if (next.isEmpty()) {
            ended.complete(null);
            return false;
        }
        state = next.get();
        outcome.target()
                .ifPresent(
                        target -> target.attach(nexus(), outcome.initiatorName(), outcome.address(), this::scsiEvent));
        return true;
    }

    /** Ends the session: every task is aborted, the connections that it still has are closed, the nexus is lost. */
    void end(ConnectionState.Event event, String why) {
        Optional<SessionState> next = state.after(SessionState.Event.CLOSED);
        if (next.isEmpty()) {
            return;
        }
        boolean begun = state != SessionState.ACTIVE;
        state = next.get();
        tasks.forEach(ScsiTask::cancel);
        order.clear();
        List<SessionConnection> left = List.copyOf(connections);
        connections.clear();
        left.forEach(SessionConnection::leave);
        lost.clear();
        left.forEach(each -> each.connection().close(event, why));
        if (begun) {
            outcome.target()
                    .ifPresentOrElse(
                            target -> target.scsi().detach(nexus(), () -> ended.complete(null)),
                            () -> ended.complete(null));
        }
        registry.forget(this);
    }

    /** A unit has something to tell; by anybody. An initiator that takes nothing for now finds it when it sends a command. */
    private void scsiEvent(long lun, byte[] sense) {
        if (outcome.target().filter(target -> target.limits().scsiEvents()).isPresent()) {
            thread.later(() -> {
                if (hasConnections() && !leading().isFull()) {
                    leading().scsiEvent(lun, sense);
                }
            });
        }
    }

    /** Forgets it, before it has begun; its connection is the caller's. */
    void discard() {
        connections.clear();
        end(ConnectionState.Event.LOGIN_REFUSED, "its login was refused");
    }

    /** The first connection. */
    SessionConnection leading() {
        return connections.get(0);
    }

    /** Whether there are connections that may be recovered. */
    boolean hasLost() {
        return !lost.isEmpty();
    }

    boolean hasConnections() {
        return !connections.isEmpty();
    }

    /** Whether there may be several, so that a request may come before one with a smaller number. */
    boolean spansConnections() {
        return outcome.parameters().maxConnections() > 1;
    }

    /** The connection with an identifier that is logged in. */
    Optional<SessionConnection> connection(int cid) {
        return connections.stream().filter(each -> each.cid() == cid).findFirst();
    }

    /** Why a login cannot add a connection with this identifier, or put it in the place of one (RFC 7143 6.3.4). */
    Optional<LoginStatus> refusal(int cid) {
        if (state == SessionState.FREE || state == SessionState.ACTIVE) {
            return Optional.of(LoginStatus.SESSION_DOES_NOT_EXIST);
        }
        boolean more = connection(cid).isEmpty();
        return more && connections.size() >= outcome.parameters().maxConnections()
                ? Optional.of(LoginStatus.TOO_MANY_CONNECTIONS)
                : Optional.empty();
    }

    /**
     * Adds a connection that is not refused, and whose identifier none has any more.
     *
     * @param login of the connection
     * @param statSN of its next response
     */
    SessionConnection join(Connection connection, LoginOutcome login, long statSN) {
        SessionConnection joined = new SessionConnection(this, connection, login.joining(outcome.parameters()), statSN);
        connections.add(joined);
        // A login in the place of a lost connection cleans up after it; its tasks wait on.
        Optional.ofNullable(lost.get(login.cid())).ifPresent(old -> {
            old.connection().happens(ConnectionState.Event.CLEANUP_BEGAN);
            old.connection().happens(ConnectionState.Event.CLEANUP_DONE);
        });
        happens(SessionState.Event.CONTINUATION_BEGAN);
        happens(SessionState.Event.CONTINUATION_DONE);
        LOG.info(
                "login: connection {} of {} over portal {}",
                login.cid(),
                name(),
                login.portal().name());
        return joined;
    }

    /** A login is to come in the place of a connection, if one has this identifier: it is logged out by that (6.3.4). */
    void makeRoom(int cid, Runnable then) {
        Optional<SessionConnection> old = connection(cid);
        if (old.isEmpty()) {
            then.run();
            return;
        }
        if (recoversConnections()) {
            lost(old.get());
            then.run();
        } else {
            leave(old.get());
            abortTasks(old.get(), then);
        }
        old.get()
                .connection()
                .close(ConnectionState.Event.REINSTATED, "its initiator logged in again for the same connection");
    }

    /** A connection goes on purpose. Its tasks are the caller's to abort. */
    void leave(SessionConnection gone) {
        if (connections.remove(gone)) {
            gone.leave();
            order.forget(gone);
        }
    }

    /**
     * Aborts the tasks of a connection that is gone.
     *
     * @param then runs when none of them changes anything any more, so that what the initiator does next is not overtaken.
     *     Where the engine cannot promise that, the session ends
     */
    void abortTasks(SessionConnection gone, Runnable then) {
        List<ScsiTask> started = new ArrayList<>();
        forEachTask(gone, task -> {
            if (!task.isWaiting()) {
                started.add(task);
            }
            task.cancel();
        });
        AtomicInteger left = new AtomicInteger(started.size() + 1);
        Consumer<TaskManagement.Response> answer = response -> {
            if (response.service() == TaskManagement.ServiceResponse.FUNCTION_REJECTED) {
                end(ConnectionState.Event.LOST, "a task of a connection that is gone could not be aborted");
            }
            if (left.decrementAndGet() == 0) {
                then.run();
            }
        };
        for (ScsiTask task : started) {
            outcome.target()
                    .orElseThrow()
                    .scsi()
                    .manage(new TaskManagement(
                            nexus(), TaskManagement.Function.ABORT_TASK, task.lun(), task.tag(), thread, answer));
        }
        answer.accept(TaskManagement.Response.FUNCTION_COMPLETE);
    }

    /**
     * A connection is gone. Where connections are recovered its tasks wait, as long as was agreed on; without, the session is
     * over. Nothing happens when it had left.
     */
    void lost(SessionConnection gone) {
        if (!connections.remove(gone)) {
            return;
        }
        gone.leave();
        order.forget(gone);
        if (!recoversConnections()) {
            end(ConnectionState.Event.SESSION_CLOSED, "another connection of its session was lost");
            return;
        }
        abandon(gone.cid());
        gone.lose();
        lost.put(gone.cid(), gone);
        forEachTask(gone, ScsiTask::suspend);
        if (connections.isEmpty()) {
            happens(SessionState.Event.CONNECTIONS_LOST);
        }
        int seconds = Math.min(outcome.parameters().defaultTime2Wait() + retainSeconds(), KEPT_SECONDS_MAX);
        LOG.info("{} has lost connection {}; its tasks are kept for {} seconds", name(), gone.cid(), seconds);
        thread.after(seconds, () -> {
            if (lost.get(gone.cid()) == gone) {
                abandon(gone.cid());
                endIfForsaken();
            }
        });
    }

    /** Ends the session when it has no connection, and none is awaited. */
    void endIfForsaken() {
        if (connections.isEmpty() && lost.isEmpty()) {
            end(ConnectionState.Event.STATE_TIMED_OUT, "none of its connections came back");
        }
    }

    /** Whether a lost connection's tasks go on on another (ErrorRecoveryLevel 2, RFC 7143 7.1.5). */
    boolean recoversConnections() {
        return !revoked && !isClosed() && outcome.parameters().errorRecoveryLevel() > 1 && retainSeconds() > 0;
    }

    /** Whether a connection with this identifier was lost, and may be recovered. */
    boolean isLost(int cid) {
        return lost.containsKey(cid);
    }

    /** Gives up a connection that was lost, with its tasks. False when there is none with this identifier. */
    boolean abandon(int cid) {
        SessionConnection gone = lost.remove(cid);
        if (gone != null) {
            abortTasks(gone, () -> {});
            gone.connection().happens(ConnectionState.Event.STATE_TIMED_OUT);
        }
        return gone != null;
    }

    /** A lost connection whose task with this tag had ended, and whose answer the initiator may not have. */
    Optional<SessionConnection> lostWithAnswer(long initiatorTaskTag) {
        return lost.values().stream()
                .filter(each -> each.replay()
                        .flatMap(replay -> replay.statusOf(initiatorTaskTag))
                        .isPresent())
                .findFirst();
    }

    private void forEachTask(SessionConnection of, Consumer<ScsiTask> what) {
        tasks.forEach(task -> {
            if (task.connection() == of) {
                what.accept(task);
            }
        });
    }

    private void happens(SessionState.Event event) {
        state.after(event).ifPresent(next -> state = next);
    }

    IoThread thread() {
        return thread;
    }

    IoBuffers buffers() {
        return thread.buffers();
    }

    SessionRules rules() {
        return rules;
    }

    CommandWindow window() {
        return window;
    }

    CommandOrder order() {
        return order;
    }

    TaskTable tasks() {
        return tasks;
    }

    Nexus nexus() {
        return nexus.orElseThrow();
    }

    long nextTargetTransferTag() {
        long tag = nextTargetTransferTag;
        nextTargetTransferTag = (tag + 1) % Pdu.RESERVED_TAG;
        return tag;
    }

    @Override
    public int underWay() {
        return tasks.size();
    }

    @Override
    public boolean room() {
        return admission.isClear() && buffers().pool().hasRoom();
    }

    /** Whether data is awaited on a connection: then its bytes are read however little memory there is. */
    boolean expectsData(SessionConnection connection) {
        boolean[] expects = new boolean[1];
        tasks.forEach(task -> expects[0] |= task.connection() == connection && task.expectsData());
        return expects[0];
    }

    boolean isClosed() {
        return state == SessionState.FREE;
    }

    /** Takes a task that fails before it starts. */
    void refuse(ScsiTask task, TaskResult answer) {
        count(task);
        task.fail(answer);
    }

    private void count(ScsiTask task) {
        tasks.add(task);
        tasksUnderWay.add(1);
        commands.add(1);
    }

    /** Takes a new task; it starts when there is memory for it. */
    void submit(ScsiTask task) {
        count(task);
        admission.submit(task);
    }

    private void execute(ScsiTask task) {
        outcome.target().orElseThrow().scsi().execute(task.task());
    }

    /** Something has ended: what waits for memory may start. */
    void retryWaiting() {
        admission.retry();
    }

    /** A task is over, answered or not. */
    void ended(ScsiTask task) {
        tasks.remove(task);
        admission.forget(task);
        task.connection().forget(task);
        tasksUnderWay.add(-1);
    }

    /** Aborts the tasks that match, so that they are never answered. */
    void abort(Predicate<ScsiTask> which) {
        tasks.forEach(task -> {
            if (which.test(task)) {
                task.cancel();
            }
        });
    }

    void sentData(int bytes) {
        dataInBytes.add(bytes);
    }

    void receivedData(int bytes) {
        dataOutBytes.add(bytes);
    }
}
