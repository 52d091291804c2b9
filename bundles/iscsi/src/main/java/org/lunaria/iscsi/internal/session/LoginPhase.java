package org.lunaria.iscsi.internal.session;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.login.LoginContext;
import org.lunaria.iscsi.internal.login.LoginNegotiation;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.LoginRequest;
import org.lunaria.iscsi.internal.login.LoginResponse;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.login.LoginStep;
import org.lunaria.iscsi.internal.login.TextNegotiation;
import org.lunaria.iscsi.internal.node.AccountDirectory;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.LoginRequestPdu;
import org.lunaria.iscsi.internal.pdu.LoginResponsePdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.wire.Region;

/** The login phase of a connection (RFC 7143 6.3): takes Login Requests and nothing else, for a limited time. */
final class LoginPhase implements Phase, LoginContext, Responses.Load {
    /** Before the full feature phase the default of MaxRecvDataSegmentLength holds (RFC 7143 13.12). */
    private static final int DATA_SEGMENT_BYTES_MAX = 8192;

    private final Connection connection;
    private final PortalGroup group;
    private final LoginNegotiation negotiation;
    private final LoginRequestPdu requestPdu = new LoginRequestPdu();
    private final LoginResponsePdu responsePdu = new LoginResponsePdu();
    private final long startNanos = System.nanoTime();

    private Responses responses;
    private CommandWindow window;
    private Session establishing;

    /** The session that the connection is to join, and is on its way to the thread of; or null. */
    private Session joining;

    /** An answer that comes late, and the ticks until it does; or null. */
    private LoginResponse late;

    private int lateTicks;

    LoginPhase(Connection connection, PortalGroup group) {
        this.connection = connection;
        this.group = group;
        this.negotiation = new LoginNegotiation(this);
    }

    @Override
    public int dataSegmentBytesMax() {
        return DATA_SEGMENT_BYTES_MAX;
    }

    @Override
    public void pdu(Optional<Opcode> opcode, ByteBuffer header, int at, Region data, boolean inPlace) {
        boolean login = opcode.filter(Opcode.LOGIN_REQUEST::equals).isPresent();
        if (late != null) {
            connection.close("it did not wait for the answer to its login");
        } else if (!login && responses == null) {
            connection.close("it sent something before its login");
        } else if (establishing != null || joining != null) {
            connection.close("it did not wait for the answer to its login");
        } else if (!login) {
            answer(negotiation.interrupted());
        } else {
            LoginRequestPdu request = requestPdu.wrap(header, at);
            if (responses == null) {
                begin(request);
            }
            take(negotiation.receive(read(request, data)));
        }
    }

    private void begin(LoginRequestPdu request) {
        connection.happens(ConnectionState.Event.LOGIN_BEGAN);
        // Until it has joined a session, a login has no window of its own to show; until it has made one, it shows the
        // least.
        int commands = request.tsih() == 0 ? group.rules().commandsMax() : 0;
        window = new CommandWindow(request.cmdSN(), commands, 0);
        responses = new Responses(connection.wire(), window, this, Framing.PLAIN, request.expStatSN());
    }

    @Override
    public void dataDigestError(Optional<Opcode> opcode, ByteBuffer header, int at) {
        throw new IllegalStateException("a login has no digests");
    }

    private void take(LoginStep step) {
        if (step instanceof LoginStep.Answer answer) {
            answer(answer.response());
        } else if (step instanceof LoginStep.Establish establish) {
            LoginOutcome outcome = establish.outcome();
            if (outcome.tsih() == 0) {
                establish(outcome);
            } else {
                find(outcome);
            }
        }
    }

    private void answer(LoginResponse response) {
        if (response.statusClass() == LoginStatus.AUTHENTICATION_FAILURE.statusClass()
                && response.statusDetail() == LoginStatus.AUTHENTICATION_FAILURE.statusDetail()) {
            answerLate(response);
        } else {
            answerNow(response);
        }
    }

    private void answerLate(LoginResponse response) {
        if (group.sessions().failedLogins().enter(peerAddress().getAddress())) {
            late = response;
            lateTicks = FailedLogins.DELAY_TICKS;
        } else {
            connection.close("its login failed, like many others from there");
        }
    }

    private void answerNow(LoginResponse response) {
        send(response);
        if (response.ends()) {
            connection.closeWhenSent(ConnectionState.Event.LOGIN_REFUSED);
        }
    }

    /** Makes the session; the response to the login follows when an older one of the same name has ended. */
    private void establish(LoginOutcome outcome) {
        SessionRegistry.Registration registration = group.sessions()
                .register(
                        outcome,
                        connection,
                        window.expCmdSN(),
                        responses.nextStatSN(1),
                        group.targets(),
                        group.rules());
        if (registration instanceof SessionRegistry.Refused refused) {
            answer(negotiation.refused(refused.status()));
        } else if (registration instanceof SessionRegistry.Registered registered) {
            establishing = registered.session();
            showWindowOf(establishing);
            registered
                    .predecessorEnded()
                    .thenRunAsync(this::established, connection.wire().thread());
        }
    }

    private void established() {
        Session session = establishing;
        if (session.begin()) {
            enter(session.connections().leading());
            session.logLogin();
        }
    }

    /** Looks for the session that the login names, and moves to its thread. */
    private void find(LoginOutcome outcome) {
        SessionRegistry.Joining found = group.sessions().find(outcome);
        if (found instanceof SessionRegistry.NotJoined not) {
            answer(negotiation.refused(not.status()));
        } else if (found instanceof SessionRegistry.Found one) {
            joining = one.session();
            connection.wire().moveTo(one.session().thread(), () -> join(one.session(), outcome));
        }
    }

    private void join(Session session, LoginOutcome outcome) {
        showWindowOf(session);
        makeRoom(session, outcome);
    }

    private void showWindowOf(Session session) {
        responses = new Responses(connection.wire(), session.window(), session, Framing.PLAIN, responses.nextStatSN(0));
    }

    private void makeRoom(Session session, LoginOutcome outcome) {
        Optional<LoginStatus> refusal = session.connections().refusal(outcome.cid());
        if (refusal.isPresent()) {
            answer(negotiation.refused(refusal.get()));
        } else {
            session.connections().makeRoom(outcome.cid(), () -> joinNow(session, outcome));
        }
    }

    /** What was under way on a connection that had its place has ended; the session may have, too. */
    private void joinNow(Session session, LoginOutcome outcome) {
        if (connection.state().isOver()) {
            session.connections().endIfForsaken();
            return;
        }
        SessionConnections connections = session.connections();
        if (connections.refusal(outcome.cid()).isPresent()
                || connections.find(outcome.cid()).isPresent()) {
            makeRoom(session, outcome); // another login was faster
            return;
        }
        SessionConnection joined = connections.join(connection, outcome, responses.nextStatSN(1));
        // Only now: whoever takes a right away looks at what has joined afterwards.
        LoginStatus status = group.sessions().recheck(outcome, group.targets());
        if (status == LoginStatus.SUCCESS) {
            enter(joined);
        } else {
            connections.leave(joined);
            answer(negotiation.refused(status));
            connections.endIfForsaken();
        }
    }

    private void enter(SessionConnection joined) {
        Session session = joined.session();
        send(negotiation.established(session.tsih()));
        connection.wire().framing(joined.responses().framing());
        TextRequests texts = new TextRequests(joined, new TextNegotiation(this, joined.outcome()));
        connection.enter(new FullFeaturePhase(joined, group.sessions(), texts), joined.name());
    }

    private void send(LoginResponse response) {
        LoginResponsePdu pdu = responses.append(responsePdu);
        pdu.isFinal(response.transit())
                .continues(response.continues())
                .currentStage(response.currentStage())
                .nextStage(response.nextStage())
                .versionMax(response.versionMax())
                .versionActive(response.versionActive())
                .isid(response.isid())
                .tsih(response.tsih())
                .initiatorTaskTag(response.initiatorTaskTag())
                .statusClass(response.statusClass())
                .statusDetail(response.statusDetail())
                .dataSegmentBytes(response.data().length);
        responses.numberStatus(pdu);
        responses.appendData(response.data());
    }

    private static LoginRequest read(LoginRequestPdu pdu, Region data) {
        return new LoginRequest(
                pdu.isFinal(),
                pdu.continues(),
                pdu.currentStage(),
                pdu.nextStage(),
                pdu.versionMax(),
                pdu.versionMin(),
                pdu.isid(),
                pdu.tsih(),
                pdu.initiatorTaskTag(),
                pdu.cid(),
                pdu.cmdSN(),
                pdu.expStatSN(),
                data.toArray());
    }

    @Override
    public Optional<Region> destination(Optional<Opcode> opcode, ByteBuffer header, int at, int done) {
        return Optional.empty();
    }

    @Override
    public boolean expectsData() {
        return false;
    }

    @Override
    public void drained() {
        // Nobody waits: a login sends one response for each request.
    }

    @Override
    public void tick(long nanoTime) {
        if (late != null && --lateTicks == 0) {
            answerNow(late);
        }
        if (nanoTime - startNanos > TimeUnit.MILLISECONDS.toNanos(group.rules().loginMillis())) {
            connection.close("its login took more than " + group.rules().loginMillis() + " ms");
        }
    }

    @Override
    public boolean closed() {
        if (late != null) {
            group.sessions().failedLogins().leave(peerAddress().getAddress());
        }
        if (establishing != null) {
            establishing.end(ConnectionState.Event.LOST, "its login was not finished");
        }
        if (joining != null) {
            joining.thread().execute(joining.connections()::endIfForsaken);
        }
        return false;
    }

    @Override
    public int underWay() {
        return 0;
    }

    @Override
    public int room() {
        return 0;
    }

    @Override
    public Portal portal() {
        return group.portal();
    }

    @Override
    public List<Portal> portals() {
        return group.portals().get();
    }

    @Override
    public InetSocketAddress localAddress() {
        return connection.wire().localAddress();
    }

    @Override
    public InetSocketAddress peerAddress() {
        return connection.wire().peerAddress();
    }

    @Override
    public TargetDirectory targets() {
        return group.targets();
    }

    @Override
    public AccountDirectory accounts() {
        return group.accounts();
    }

    @Override
    public boolean mayLogIn() {
        return group.sessions().mayLogIn(peerAddress().getAddress());
    }
}
