package org.lunaria.iscsi.internal.login;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.Authentication;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.TargetNode;

/** What the text of a login says, and what is said to it (RFC 7143 6.2, 6.3, 13). Confined to the connection's thread. */
final class LoginKeys {
    /** Whether FirstBurstLength matters depends on two others (13.14), which may stand behind it. */
    private static final Comparator<KeyValue> DEPENDENT_LAST =
            Comparator.comparing(pair -> pair.key().equals(Key.FIRST_BURST_LENGTH.text()));

    private final LoginContext context;
    /** What was said, by key. */
    private final Map<String, String> seen = new HashMap<>();

    private Optional<Identity> identity = Optional.empty();
    private List<KeyValue> opening = List.of();
    private boolean leading = true;
    private Agreement agreement = new Agreement(SessionType.NORMAL, Limits.DEFAULT, false);
    private Authentication authentication = Authentication.NONE;
    private Optional<Chap> chap = Optional.empty();

    LoginKeys(LoginContext context) {
        this.context = context;
    }

    /** Who wants what, as far as it is known and fit for a log. */
    String wanted() {
        return opening.isEmpty() ? "somebody" : Identification.wanted(opening);
    }

    /** Whether what has to be proved was, so that the initiator may go on to the next stage. */
    boolean isAuthenticated() {
        return !authentication.isRequired() || chap.filter(Chap::isDone).isPresent();
    }

    /** Whether there is nothing to be proved, or a method was agreed on to do so. */
    boolean isMethodChosen() {
        return !authentication.isRequired() || chap.isPresent();
    }

    /**
     * Takes a whole text.
     *
     * @param leading whether it is the login of a session's first connection
     * @param answers gets what is to be sent, if the login goes on or is redirected
     * @return why the login ends, or empty
     */
    Optional<LoginStatus> take(List<KeyValue> text, Stage stage, boolean leading, List<KeyValue> answers) {
        this.leading = leading;
        Optional<LoginStatus> refusal = identity.isEmpty() ? introduce(text, answers) : Optional.empty();
        if (refusal.isPresent()) {
            return refusal;
        }
        if (stage != Stage.SECURITY_NEGOTIATION && !isAuthenticated()) {
            return Optional.of(LoginStatus.AUTHENTICATION_FAILURE);
        }
        if (text.stream().map(KeyValue::key).distinct().count() < text.size()) {
            return Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        Map<Key, String> steps = new EnumMap<>(Key.class);
        for (KeyValue pair : text.stream().sorted(DEPENDENT_LAST).toList()) {
            refusal = take(pair, stage, steps, answers);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        if (!steps.isEmpty() && !chap.orElseThrow().take(steps, answers)) {
            return Optional.of(LoginStatus.AUTHENTICATION_FAILURE);
        }
        if (stage == Stage.LOGIN_OPERATIONAL_NEGOTIATION && !agreement.ownLengthDeclared()) {
            answers.add(agreement.declareOwnLength());
        }
        return Optional.empty();
    }

    /** The end of a login that was not refused. */
    LoginOutcome outcome(LoginRequest request) {
        Identity who = identity.orElseThrow();
        return new LoginOutcome(
                who.type(),
                who.initiatorName(),
                context.peerAddress().getAddress(),
                agreement.text(Key.INITIATOR_ALIAS),
                who.target(),
                context.portal(),
                agreement.parameters(),
                request.isid(),
                request.tsih(),
                request.cid(),
                chap.map(Chap::user).orElse(""));
    }

    /** The first text says who logs in to what; the first answer of a normal session names the portal group (13.9). */
    private Optional<LoginStatus> introduce(List<KeyValue> text, List<KeyValue> answers) {
        opening = List.copyOf(text);
        Identification found = Identification.of(text, context);
        if (found instanceof Identification.Refused refused) {
            answers.addAll(refused.answers());
            return Optional.of(refused.status());
        }
        Identity who = ((Identification.Known) found).identity();
        identity = Optional.of(who);
        authentication = who.target()
                .map(TargetNode::authentication)
                .orElse(context.portal().discovery());
        agreement = new Agreement(
                who.type(), who.target().map(TargetNode::limits).orElse(Limits.DEFAULT), authentication.isRequired());
        who.target().ifPresent(target -> {
            answers.add(Key.TARGET_PORTAL_GROUP_TAG.with(
                    Integer.toString(context.portal().tag())));
            if (!target.alias().isEmpty()) {
                answers.add(Key.TARGET_ALIAS.with(target.alias()));
            }
        });
        return Optional.empty();
    }

    private Optional<LoginStatus> take(KeyValue pair, Stage stage, Map<Key, String> steps, List<KeyValue> answers) {
        Optional<Key> known = Key.of(pair.key());
        if (pair.onlyAnswers()) {
            // What this side declares needs no answer, and what it gets is no reason to stop.
            return known.filter(this::isDeclaredHere).isPresent()
                    ? Optional.empty()
                    : Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        // A key may be said once in a login (6.3): another time, known or not, it ends it.
        String before = seen.putIfAbsent(pair.key(), pair.value());
        if (before != null) {
            if (repeatsItself(pair, known, before)) {
                return Optional.empty();
            }
            return Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        if (known.isEmpty()) {
            answers.add(new KeyValue(pair.key(), KeyValue.NOT_UNDERSTOOD));
            return Optional.empty();
        }
        return known.get().rule() instanceof Rule.AuthenticationStep
                ? step(known.get(), pair.value(), stage, steps)
                : negotiate(known.get(), pair.value(), stage, answers);
    }

    /** libiscsi says who it is in each stage anew: with the same words, that does no harm. */
    private static boolean repeatsItself(KeyValue pair, Optional<Key> known, String before) {
        return known.filter(key -> key.rule() instanceof Rule.DeclaredText).isPresent()
                && pair.value().equals(before);
    }

    private boolean isDeclaredHere(Key key) {
        return key.sender() == Key.Sender.TARGET
                || key == Key.MAX_RECV_DATA_SEGMENT_LENGTH && agreement.ownLengthDeclared();
    }

    /** Some keys of the first connection hold for the whole session; only its type is said again by later ones. */
    private boolean mayBeSaid(Key key, Stage stage) {
        return key.sender() != Key.Sender.TARGET
                && key.stages().hold(stage)
                && (leading || key.use() != Key.Use.LEADING || key == Key.SESSION_TYPE);
    }

    private Optional<LoginStatus> negotiate(Key key, String value, Stage stage, List<KeyValue> answers) {
        if (!mayBeSaid(key, stage)) {
            return Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        Optional<KeyValue> answer = agreement.negotiate(key, value);
        if (key == Key.AUTH_METHOD && answer.filter(KeyValue::onlyAnswers).isPresent()) {
            return Optional.of(LoginStatus.AUTHENTICATION_FAILURE);
        }
        if (key == Key.AUTH_METHOD
                && answer.filter(each -> each.value().equals(Offer.CHAP)).isPresent()) {
            chap = Optional.of(new Chap(authentication, context.accounts()));
        }
        answer.ifPresent(answers::add);
        return Optional.empty();
    }

    /** A step of a method belongs to one that was chosen. */
    private Optional<LoginStatus> step(Key key, String value, Stage stage, Map<Key, String> steps) {
        if (!mayBeSaid(key, stage) || chap.isEmpty()) {
            return Optional.of(LoginStatus.INITIATOR_ERROR);
        }
        steps.put(key, value);
        return Optional.empty();
    }
}
