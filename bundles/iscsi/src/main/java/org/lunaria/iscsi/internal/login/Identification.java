package org.lunaria.iscsi.internal.login;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.IscsiName;
import org.lunaria.iscsi.internal.node.TargetNode;

/** What came of looking who logs in to what: one of two. */
sealed interface Identification {

    record Known(Identity identity) implements Identification {}

    /** @param answers what is said beside the status */
    record Refused(LoginStatus status, List<KeyValue> answers) implements Identification {
        Refused(LoginStatus status) {
            this(status, List.of());
        }
    }

    /**
     * Looks at the first text of a login, whole.
     *
     * @param context where it takes place
     */
    static Identification of(List<KeyValue> text, LoginContext context) {
        Optional<String> name = value(text, Key.INITIATOR_NAME);
        if (name.isEmpty()) {
            return new Refused(LoginStatus.MISSING_PARAMETER);
        }
        Optional<String> initiator = IscsiName.normalize(name.get());
        if (initiator.isEmpty()) {
            return new Refused(LoginStatus.INITIATOR_ERROR);
        }
        Optional<SessionType> type =
                SessionType.of(value(text, Key.SESSION_TYPE).orElse(Key.SESSION_TYPE.initial()));
        if (type.isEmpty()) {
            return new Refused(LoginStatus.SESSION_TYPE_NOT_SUPPORTED);
        }
        return switch (type.get()) {
            case NORMAL -> normal(initiator.get(), value(text, Key.TARGET_NAME), context);
            case DISCOVERY -> new Known(new Identity(SessionType.DISCOVERY, initiator.get(), Optional.empty()));
        };
    }

    /** Who asks for what, for the log: only what can be a name, so that nobody writes lines into it. */
    static String wanted(List<KeyValue> text) {
        String initiator =
                value(text, Key.INITIATOR_NAME).flatMap(IscsiName::normalize).orElse("somebody without a name");
        return value(text, Key.TARGET_NAME)
                .map(target -> initiator + " to " + IscsiName.normalize(target).orElse("what is no name"))
                .orElse(initiator);
    }

    private static Identification normal(String initiator, Optional<String> targetName, LoginContext context) {
        if (targetName.isEmpty()) {
            return new Refused(LoginStatus.MISSING_PARAMETER);
        }
        Optional<String> iqn = IscsiName.normalize(targetName.get());
        Optional<TargetNode> target = iqn.flatMap(context.targets()::find);
        if (target.isEmpty()) {
            return new Refused(iqn.map(missing -> absence(missing, context)).orElse(LoginStatus.NOT_FOUND));
        }
        return forbidden(target.get(), initiator, context)
                .map(Refused::new)
                .or(() -> moved(target.get(), context))
                .or(() -> incomplete(target.get(), initiator, context).map(Refused::new))
                .map(Identification.class::cast)
                .orElseGet(() -> new Known(new Identity(SessionType.NORMAL, initiator, target)));
    }

    /**
     * A redirect is told before the initiator proves who it is, which 11.13.5 allows: so it need not be known here, where
     * the target is no longer. It is told to initiators only that the target admits.
     */
    private static Optional<Refused> moved(TargetNode target, LoginContext context) {
        InetAddress reached = context.localAddress().getAddress();
        return target.redirects()
                .at(context.portal().name(), context.portals(), reached::equals)
                .map(redirect -> new Refused(
                        redirect.permanent()
                                ? LoginStatus.TARGET_MOVED_PERMANENTLY
                                : LoginStatus.TARGET_MOVED_TEMPORARILY,
                        List.of(Key.TARGET_ADDRESS.with(redirect.targetAddress()))));
    }

    private static LoginStatus absence(String iqn, LoginContext context) {
        return switch (context.targets().absence(iqn)) {
            case UNKNOWN -> LoginStatus.NOT_FOUND;
            case REMOVED -> LoginStatus.TARGET_REMOVED;
            case UNAVAILABLE -> LoginStatus.SERVICE_UNAVAILABLE;
        };
    }

    private static Optional<LoginStatus> forbidden(TargetNode target, String initiator, LoginContext context) {
        if (!target.reachedBy(context.portal().name())) {
            return Optional.of(LoginStatus.NOT_FOUND);
        }
        // The RFC has a status of its own for this. It tells a stranger that there is such a target; but names are no
        // secrets, and "not found" would send the administrator who forgot to admit his host looking in the wrong
        // place.
        return target.admits(initiator, context.peerAddress().getAddress())
                ? Optional.empty()
                : Optional.of(LoginStatus.AUTHORIZATION_FAILURE);
    }

    private static Optional<LoginStatus> incomplete(TargetNode target, String initiator, LoginContext context) {
        return context.targets().starting()
                        && !target.complete(initiator, context.peerAddress().getAddress())
                ? Optional.of(LoginStatus.SERVICE_UNAVAILABLE)
                : Optional.empty();
    }

    private static Optional<String> value(List<KeyValue> text, Key key) {
        return text.stream()
                .filter(pair -> pair.key().equals(key.text()))
                .map(KeyValue::value)
                .findFirst();
    }
}
