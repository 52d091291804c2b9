package org.lunaria.iscsi.internal.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.lunaria.event.EventKind;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.SessionTraffic;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.wire.Inflow;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.lunaria.iscsi.internal.wire.Share;
import org.lunaria.scsi.Latency;
import org.lunaria.scsi.Nexus;
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
    private final Inflow inflow;
    private final CommandWindow window;
    private final CommandOrder order;
    private final TaskTable tasks = new TaskTable();
    private final Admission admission;
    private final Optional<UnitShares> shares;

    private final SessionConnections connections = new SessionConnections(this);

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
        this.inflow = new Inflow(thread.buffers().pool(), outcome.parameters().unaskedBytes());
        this.window = new CommandWindow(cmdSN, rules.commandsMax(), roomAtFirst());
        this.order = new CommandOrder(this);
        this.admission = new Admission(thread, this::execute);
        this.shares = outcome.target()
                .map(target ->
                        new UnitShares(thread.buffers().pool(), target, outcome.initiatorName(), outcome.address()));
        connections.begin(new SessionConnection(this, connection, outcome, statSN));
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

    /** Whether sense data about a unit of the target is in descriptor format. */
    boolean hasDescriptorSense(long lun) {
        return outcome.target()
                .filter(target -> target.scsi().hasDescriptorSense(nexus(), lun))
                .isPresent();
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
        return Stream.concat(Stream.of(outcome), connections.all().stream().map(SessionConnection::outcome));
    }

    /** For the log: who is connected to what. */
    String name() {
        return "session %s of %s (%s) with %s"
                .formatted(
                        id,
                        outcome.initiatorName(),
                        connections.all().stream()
                                .map(each -> Addresses.text(each.wire().peerAddress()))
                                .findFirst()
                                .orElseGet(() -> outcome.address().getHostAddress()),
                        outcome.target().map(TargetNode::iqn).orElse("discovery"));
    }

    void logLogin() {
        EventKind.LOGIN.tell(
                "login: {} over portal {}{}",
                name(),
                portal(),
                outcome.user().isEmpty() ? "" : ", user " + outcome.user());
    }

    void logLogout() {
        EventKind.LOGOUT.tell("logout: {}", name());
    }

    /** Of one of its connections. */
    void logLogout(SessionConnection gone) {
        EventKind.LOGOUT.tell("logout: connection {} of {}", gone.cid(), name());
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
                connections.all().stream().map(SessionConnection::status).toList(),
                since,
                (int) tasksUnderWay.get(),
                commands.get(),
                dataInBytes.get(),
                dataOutBytes.get(),
                connections.all().stream()
                        .map(SessionConnection::parameters)
                        .findFirst()
                        .orElse(outcome.parameters())
                        .asText());
    }

    /** What it has done; a snapshot, for anybody. */
    public SessionTraffic traffic() {
        return new SessionTraffic(
                id,
                outcome.initiatorName(),
                outcome.target().map(TargetNode::name).orElse(""),
                (int) tasksUnderWay.get(),
                commands.get(),
                dataInBytes.get(),
                dataOutBytes.get(),
                outcome.target().map(target -> target.scsi().latency(nexus())).orElse(Latency.NONE));
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
        List<SessionConnection> left = connections.takeAll();
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
                connections.all().forEach(each -> each.requestLogout(LOGOUT_SECONDS));
                thread.after(LOGOUT_SECONDS, () -> dropNow(why));
            }
        });
    }

    /** Whether it was asked to log out, and may begin nothing. */
    boolean isRevoked() {
        return revoked;
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
        connections.takeAll().forEach(each -> each.connection().close(event, why));
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
                if (connections.areThere() && !connections.leading().isFull()) {
                    connections.leading().scsiEvent(lun, sense);
                }
            });
        }
    }

    /** Forgets it, before it has begun; its connection is the caller's. */
    void discard() {
        connections.takeAll();
        end(ConnectionState.Event.LOGIN_REFUSED, "its login was refused");
    }

    SessionConnections connections() {
        return connections;
    }

    /** Something happens to it that may lead to another state. */
    void happens(SessionState.Event event) {
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
    public int room() {
        if (inflow.isLittle()) {
            return window.commands();
        }
        int least = inflow.least() - tasks.size();
        int room = admission.isClear() ? Math.max(inflow.room(), least) : least;
        // One for each that is answered, unless memory is short: a ping may be behind it that is numbered like a
        // command.
        return room < 1 && buffers().pool().hasRoom() ? 1 : room;
    }

    private int roomAtFirst() {
        return inflow.isLittle() ? rules.commandsMax() : inflow.room();
    }

    /** What its commands bring unasked. */
    Inflow inflow() {
        return inflow;
    }

    /** Whether data is awaited on a connection: then its bytes are read however little memory there is. */
    boolean expectsData(SessionConnection connection) {
        boolean[] expects = new boolean[1];
        tasks.forEach(task -> expects[0] |= task.connection() == connection && task.expectsData());
        return expects[0];
    }

    /** What the memory for a command of a session with a target is put down to. */
    Share share(long lun) {
        return shares.orElseThrow().of(lun);
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
