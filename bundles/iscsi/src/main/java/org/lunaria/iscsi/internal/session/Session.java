package org.lunaria.iscsi.internal.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.lunaria.iscsi.ConnectionStatus;
import org.lunaria.iscsi.SessionStatus;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.pdu.DataInPdu;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Wire;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session in its full feature phase (RFC 7143 4.3): its tasks, its sequence numbers, its I_T nexus. Confined to the I/O
 * thread of its connection, but for {@link #status}, {@link #state}, {@link #drop}, {@link #reinstate} and what is final.
 */
public final class Session implements Responses.Load {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String id;
    private final int tsih;
    private final LoginOutcome outcome;

    /** Made once: each command is looked up by it. */
    private final Optional<Nexus> nexus;

    private final Wire wire;
    private final Instant since = Instant.now();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final SessionRules rules;
    private final CommandWindow window;
    private final Responses responses;
    private final TaskTable tasks = new TaskTable();
    private final Admission admission;
    private final List<ScsiTask> senders = new ArrayList<>();
    private final DataInPdu dataInPdu = new DataInPdu();
    private final ReadyToTransferPdu readyToTransferPdu = new ReadyToTransferPdu();
    private final ScsiResponses scsiResponses;

    private final Counter tasksUnderWay = new Counter();
    private final Counter commands = new Counter();
    private final Counter dataInBytes = new Counter();
    private final Counter dataOutBytes = new Counter();

    private volatile Parameters parameters;
    private volatile Connection connection;
    private long nextTargetTransferTag;
    private volatile SessionState state =
            SessionState.FREE.after(SessionState.Event.LOGIN_BEGAN).orElseThrow();

    /**
     * @param cmdSN that the first command will carry
     * @param statSN of the next response
     * @param rules that it is held to
     */
    Session(
            String id,
            int tsih,
            LoginOutcome outcome,
            Connection connection,
            long cmdSN,
            long statSN,
            SessionRules rules) {
        this.id = id;
        this.tsih = tsih;
        this.outcome = outcome;
        this.nexus = outcome.nexus();
        this.connection = connection;
        this.wire = connection.wire();
        this.parameters = outcome.parameters();
        this.rules = rules;
        this.window = new CommandWindow(cmdSN, rules.commandsMax());
        this.admission = new Admission(wire, connection::readNumber, this::execute);
        this.responses = new Responses(wire, window, this, parameters.framing(), statSN);
        this.scsiResponses = new ScsiResponses(responses);
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

    /** Name of the portal that it came in by. */
    public String portal() {
        return outcome.portal().name();
    }

    public LoginOutcome outcome() {
        return outcome;
    }

    /** For the log: who is connected to what. */
    String name() {
        return "session %s of %s (%s) with %s"
                .formatted(
                        id,
                        outcome.initiatorName(),
                        Addresses.text(wire.peerAddress()),
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
                List.of(new ConnectionStatus(
                        outcome.cid(),
                        Addresses.text(wire.peerAddress()),
                        connection.state().toString())),
                since,
                (int) tasksUnderWay.get(),
                commands.get(),
                dataInBytes.get(),
                dataOutBytes.get(),
                parameters.asText());
    }

    /** For listings too, by anybody. */
    SessionState state() {
        return state;
    }

    /** Ends the session for cause, by anybody. */
    void drop(String why) {
        wire.thread().execute(() -> connection.close(why));
    }

    /** Another login takes its place; by anybody. */
    void reinstate() {
        wire.thread().execute(() -> {
            connection.close(ConnectionState.Event.REINSTATED, "its initiator logged in again");
        });
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
        outcome.target().ifPresent(target -> target.attach(nexus(), outcome.initiatorName(), outcome.address()));
        return true;
    }

    /** The connection is gone, or the initiator has logged out: every task is aborted, the nexus lost. */
    void end() {
        Optional<SessionState> next = state.after(SessionState.Event.CLOSED);
        if (next.isEmpty()) {
            return;
        }
        boolean begun = state == SessionState.LOGGED_IN;
        state = next.get();
        tasks.forEach(ScsiTask::cancel);
        if (begun) {
            outcome.target().ifPresent(target -> target.scsi().detach(nexus()));
            ended.complete(null);
        }
    }

    Wire wire() {
        return wire;
    }

    Executor thread() {
        return wire.thread();
    }

    IoBuffers buffers() {
        return wire.buffers();
    }

    Responses responses() {
        return responses;
    }

    ScsiResponses scsiResponses() {
        return scsiResponses;
    }

    SessionRules rules() {
        return rules;
    }

    CommandWindow window() {
        return window;
    }

    TaskTable tasks() {
        return tasks;
    }

    Parameters parameters() {
        return parameters;
    }

    void parameters(Parameters next) {
        parameters = next;
    }

    Nexus nexus() {
        return nexus.orElseThrow();
    }

    DataInPdu dataInPdu() {
        return dataInPdu;
    }

    ReadyToTransferPdu readyToTransferPdu() {
        return readyToTransferPdu;
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

    /** Whether an initiator's data is awaited: then its bytes are read however little memory there is. */
    boolean expectsData() {
        boolean[] expects = new boolean[1];
        tasks.forEach(task -> expects[0] |= task.expectsData());
        return expects[0];
    }

    /** The initiator was asked for data. */
    void solicited() {
        connection.readSolicited();
    }

    /** Keeps data beyond the PDU that it came with. The caller gets a reference to the buffer of the result. */
    Region keep(Region data) {
        return buffers().keep(data);
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
        senders.remove(task);
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

    /** Whether a task may go on sending at once; if not, it is told by {@link ScsiTask#drained}. */
    boolean sendsOn(ScsiTask task) {
        if (!responses.output().isFull()) {
            return true;
        }
        senders.add(task);
        return false;
    }

    void drained() {
        List<ScsiTask> ready = List.copyOf(senders);
        senders.clear();
        ready.forEach(ScsiTask::drained);
        admission.retry();
    }
}
