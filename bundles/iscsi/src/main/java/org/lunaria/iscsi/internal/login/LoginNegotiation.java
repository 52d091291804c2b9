package org.lunaria.iscsi.internal.login;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lunaria.event.EventKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target's side of one login (RFC 7143 clause 6): from the first Login Request of a connection to the full feature
 * phase, or to a refusal. Pure: does no I/O and waits for nothing. Confined to the connection's thread.
 *
 * <p>A text that does not fit a PDU takes several, in either direction, by the C bit: a request with it is answered by an
 * empty response, a response with it by an empty request. This class keeps to the headers and the stages; what the text
 * says is the business of {@link LoginKeys}.
 */
public final class LoginNegotiation {
    private static final Logger LOG = LoggerFactory.getLogger(LoginNegotiation.class);

    /** The most requests of a login, so that one that never ends does. */
    static final int MAX_REQUESTS = 256;
    /** The most bytes of text of a login, for the same reason. */
    static final int MAX_BYTES = 4 * TextCollector.MAX_BYTES;
    /** The one version there is (11.12.4). */
    private static final int VERSION = 0;
    /** Longest data segment to the initiator while the login lasts; what it declares holds afterwards (13.12). */
    private static final int MAX_DATA_SEGMENT_LENGTH = Integer.parseInt(Key.MAX_RECV_DATA_SEGMENT_LENGTH.initial());

    private static final byte[] NO_DATA = {};

    private final LoginContext context;
    private final LoginKeys keys;
    private final TextCollector collector = new TextCollector();
    private final TextSender sender = new TextSender();
    private Optional<LoginRequest> opening = Optional.empty();
    private Stage stage = Stage.SECURITY_NEGOTIATION;
    private int requests;
    private int bytes;
    private Optional<LoginResponse> last = Optional.empty();

    public LoginNegotiation(LoginContext context) {
        this.context = context;
        this.keys = new LoginKeys(context);
    }

    /** Takes the next request. Not to be called after a response that ends the login, nor while a session is being made. */
    public LoginStep receive(LoginRequest request) {
        last = Optional.of(response(request, false, false, NO_DATA));
        try {
            return take(request);
        } catch (RuntimeException e) {
            LOG.error("a login of {} from {} met a fault", keys.wanted(), context.peerAddress(), e);
            return refuse(LoginStatus.TARGET_ERROR);
        }
    }

    private LoginStep take(LoginRequest request) {
        Optional<LoginStatus> refusal = checkHeader(request).or(() -> collect(request));
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        if (request.continues()) {
            return new LoginStep.Answer(response(request, false, false, NO_DATA));
        }
        return negotiate(request).map(this::refuse).orElseGet(() -> advance(request));
    }

    /** The last response of the login, when the session of the {@link LoginStep.Establish} is made. */
    public LoginResponse established(int tsih) {
        return last.orElseThrow().withTsih(tsih);
    }

    /** The last response when something else than a Login Request comes amid a login (6.3). */
    public LoginResponse interrupted() {
        return refused(LoginStatus.INVALID_REQUEST_DURING_LOGIN);
    }

    /** The last response when the session could not be made. */
    public LoginResponse refused(LoginStatus status) {
        log(status);
        // Only a redirect says more than its status, where to go: in a first answer, which has nothing else.
        byte[] data = status.isRedirect() ? sender.next(MAX_DATA_SEGMENT_LENGTH) : NO_DATA;
        return last.orElseThrow().refusing(status, data);
    }

    private Optional<LoginStatus> checkHeader(LoginRequest request) {
        Optional<Stage> csg = Stage.of(request.currentStage()).filter(Stage::begins);
        if (opening.isEmpty()) {
            opening = Optional.of(request);
            if (!context.mayLogIn()) {
                return Optional.of(LoginStatus.OUT_OF_RESOURCES);
            }
            stage = csg.orElse(stage);
        }
        if (request.versionMin() > VERSION) {
            return Optional.of(LoginStatus.UNSUPPORTED_VERSION);
        }
        boolean valid = ++requests <= MAX_REQUESTS
                && csg.filter(stage::equals).isPresent()
                && sameConnection(request, opening.get())
                && (!request.transit() || mayLeave(request));
        return valid ? Optional.empty() : Optional.of(LoginStatus.INITIATOR_ERROR);
    }

    /** ISID, TSIH and CID stay during a login (11.12). */
    private static boolean sameConnection(LoginRequest request, LoginRequest opening) {
        return Arrays.equals(request.isid(), opening.isid())
                && request.tsih() == opening.tsih()
                && request.cid() == opening.cid();
    }

    /** Never in the middle of a text, and only forwards (11.12.2, 11.12.3). */
    private boolean mayLeave(LoginRequest request) {
        return !request.continues()
                && Stage.of(request.nextStage()).filter(stage::leadsTo).isPresent();
    }

    private Optional<LoginStatus> collect(LoginRequest request) {
        boolean interrupts = sender.hasMore() && (request.data().length > 0 || request.continues());
        bytes += request.data().length;
        return interrupts || bytes > MAX_BYTES || !collector.add(request.data())
                ? Optional.of(LoginStatus.INITIATOR_ERROR)
                : Optional.empty();
    }

    /** Reads the text, which is whole now, and puts the answers into the sender. */
    private Optional<LoginStatus> negotiate(LoginRequest request) {
        Optional<List<KeyValue>> text = TextFormat.parse(collector.take());
        if (text.isEmpty()) {
            return Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        List<KeyValue> answers = new ArrayList<>();
        Optional<LoginStatus> refusal =
                keys.take(text.get(), stage, opening.orElseThrow().tsih() == 0, answers);
        sender.add(answers);
        return refusal.isEmpty() && request.transit() && !keys.isMethodChosen()
                ? Optional.of(LoginStatus.AUTHENTICATION_FAILURE)
                : refusal;
    }

    /** Answers with the next part of the text, and leaves the stage when it was the last and the initiator asks for it. */
    private LoginStep advance(LoginRequest request) {
        byte[] part = sender.next(MAX_DATA_SEGMENT_LENGTH);
        boolean transit = request.transit() && !sender.hasMore() && keys.isAuthenticated();
        LoginResponse response = response(request, transit, sender.hasMore(), part);
        if (!transit) {
            return new LoginStep.Answer(response);
        }
        stage = Stage.of(request.nextStage()).orElseThrow();
        if (stage != Stage.FULL_FEATURE_PHASE) {
            return new LoginStep.Answer(response);
        }
        last = Optional.of(response);
        return new LoginStep.Establish(keys.outcome(request));
    }

    private LoginStep refuse(LoginStatus status) {
        return new LoginStep.Answer(refused(status));
    }

    private void log(LoginStatus status) {
        EventKind.LOGIN_REFUSED.tell(
                "login refused: {} from {} over portal {}: {}",
                keys.wanted(),
                context.peerAddress(),
                context.portal().name(),
                status);
    }

    private static LoginResponse response(LoginRequest request, boolean transit, boolean continues, byte[] data) {
        return new LoginResponse(
                transit,
                continues,
                request.currentStage(),
                transit ? request.nextStage() : 0,
                VERSION,
                VERSION,
                request.isid(),
                request.tsih(),
                request.initiatorTaskTag(),
                LoginStatus.SUCCESS.statusClass(),
                LoginStatus.SUCCESS.statusDetail(),
                data);
    }
}
