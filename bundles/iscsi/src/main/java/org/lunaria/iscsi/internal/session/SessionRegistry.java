package org.lunaria.iscsi.internal.session;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.lunaria.iscsi.LimitStatus;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.login.SessionType;
import org.lunaria.iscsi.internal.node.TargetDirectory;

/**
 * Every session of this node: gives them their target session identifying handles, and sees to it that a session is
 * reinstated by a later login of the same initiator port (RFC 7143 6.3.5). Thread-safe.
 */
public final class SessionRegistry {
    private static final int TSIH_LIMIT = 0x10000;

    /** What a registration comes to. */
    sealed interface Registration {}

    /** The session is known, and begins when its predecessor has ended. */
    record Registered(Session session, CompletionStage<Void> predecessorEnded) implements Registration {}

    record Refused(LoginStatus status) implements Registration {}

    /** The two ends of an I_T nexus, as iSCSI names them: there is one session between them. */
    private record Ends(String initiatorName, String isid, String target, int portalGroupTag) {
        static Ends of(LoginOutcome outcome) {
            return new Ends(
                    outcome.initiatorName(),
                    outcome.isidText(),
                    outcome.target().orElseThrow().iqn(),
                    outcome.portal().tag());
        }
    }

    private final SessionLimits limits;
    private final LoginRate loginRate;

    /** Sessions by the name of their initiator, and by that of their target. */
    private final Map<String, Integer> ofInitiator = new HashMap<>();

    private final Map<String, Integer> ofTarget = new HashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<Integer, Session> byHandle = new HashMap<>();
    private final Map<Ends, Session> byEnds = new LinkedHashMap<>();
    private final FailedLogins failedLogins = new FailedLogins();
    private final BitSet handles = new BitSet(TSIH_LIMIT);
    private long lastId;
    private int lastHandle;

    public SessionRegistry(SessionLimits limits) {
        if (limits.all() < 1 || limits.all() >= TSIH_LIMIT) {
            throw new IllegalArgumentException("a bound of " + limits.all() + " sessions; give 1 to 65535");
        }
        this.limits = limits;
        this.loginRate = new LoginRate(limits.loginsPerSecond(), System.nanoTime());
    }

    /** The bounds of sessions, and how near they are. */
    public synchronized List<LimitStatus> limits() {
        return List.of(
                new LimitStatus("sessions", sessions.size(), limits.all()),
                new LimitStatus("sessions of an initiator", most(ofInitiator), limits.ofInitiator()),
                new LimitStatus("sessions with a target", most(ofTarget), limits.ofTarget()));
    }

    private static long most(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).max().orElse(0);
    }

    /** Counts a login that begins. False when its address has begun too many in this second. */
    boolean mayLogIn(InetAddress from) {
        return loginRate.begins(from, System.nanoTime());
    }

    FailedLogins failedLogins() {
        return failedLogins;
    }

    /** Every session, the oldest first. A snapshot. */
    public synchronized List<Session> sessions() {
        return List.copyOf(sessions.values());
    }

    /** Ends a session. False when there is none with this id. */
    public boolean drop(String id) {
        Session session;
        synchronized (this) {
            session = sessions.get(id);
        }
        if (session == null) {
            return false;
        }
        session.drop("an administrator dropped the session");
        return true;
    }

    /**
     * Ends the sessions that match.
     *
     * @param why for the log, as "the target was removed"
     */
    public void dropWhere(Predicate<Session> which, String why) {
        sessions().stream().filter(which).forEach(session -> session.drop(why));
    }

    /**
     * Ends the sessions that match, since they have no right to be any more: their initiators are asked to log out.
     *
     * @param why for the log, as "target disk1 no longer allows it"
     */
    public void revokeWhere(Predicate<Session> which, String why) {
        sessions().stream().filter(which).forEach(session -> session.revoke(why));
    }

    /** What a login comes to that names a session. */
    sealed interface Joining {}

    /** Its connection may join the session, if that says so too. */
    record Found(Session session) implements Joining {}

    record NotJoined(LoginStatus status) implements Joining {}

    /**
     * The session that a login is to add a connection to, or whose connection it takes the place of (RFC 7143 6.3.1). What
     * is not this initiator port's session with this target is not told from one that does not exist.
     */
    Joining find(LoginOutcome outcome) {
        Session session;
        synchronized (this) {
            session = byHandle.get(outcome.tsih());
        }
        if (session == null
                || outcome.type() == SessionType.DISCOVERY
                || !session.outcome().isSamePort(outcome)) {
            return new NotJoined(LoginStatus.SESSION_DOES_NOT_EXIST);
        }
        // A session spans the portals of one group (RFC 7143 4.1).
        if (session.outcome().portal().tag() != outcome.portal().tag()) {
            return new NotJoined(LoginStatus.CANNOT_INCLUDE_IN_SESSION);
        }
        return new Found(session);
    }

    /**
     * Makes the session of a login, and ends the one that it takes the place of.
     *
     * @param statSN of the first response after the login
     */
    Registration register(
            LoginOutcome outcome,
            Connection connection,
            long cmdSN,
            long statSN,
            TargetDirectory directory,
            SessionRules rules) {
        Session session;
        synchronized (this) {
            if (isFull(outcome)) {
                return new Refused(LoginStatus.OUT_OF_RESOURCES);
            }
            session = new Session(this, String.valueOf(++lastId), handle(), outcome, connection, cmdSN, statSN, rules);
            sessions.put(session.id(), session);
            byHandle.put(session.tsih(), session);
            count(outcome, 1);
        }
        // Only now: whoever takes a target or a right away looks for sessions afterwards.
        LoginStatus status = recheck(outcome, directory);
        if (status != LoginStatus.SUCCESS) {
            session.discard();
            return new Refused(status);
        }
        Session predecessor = null;
        if (outcome.type() == SessionType.NORMAL) {
            synchronized (this) {
                predecessor = byEnds.put(Ends.of(outcome), session);
            }
        }
        if (predecessor == null) {
            return new Registered(session, CompletableFuture.completedFuture(null));
        }
        predecessor.reinstate();
        return new Registered(session, predecessor.ended());
    }

    /**
     * Whether one more is one too many, unless it takes the place of another. There are both for a moment, so both need a
     * handle.
     */
    private boolean isFull(LoginOutcome outcome) {
        Session same = outcome.type() == SessionType.NORMAL ? byEnds.get(Ends.of(outcome)) : null;
        boolean replaces = same != null && sessions.get(same.id()) == same;
        int spare = replaces ? 1 : 0;
        return sessions.size() >= Math.min(limits.all() + spare, TSIH_LIMIT - 1)
                || ofInitiator.getOrDefault(outcome.initiatorName(), 0) >= limits.ofInitiator() + spare
                || outcome.target()
                        .filter(target -> ofTarget.getOrDefault(target.iqn(), 0) >= limits.ofTarget() + spare)
                        .isPresent();
    }

    private void count(LoginOutcome outcome, int more) {
        count(ofInitiator, outcome.initiatorName(), more);
        outcome.target().ifPresent(target -> count(ofTarget, target.iqn(), more));
    }

    private static void count(Map<String, Integer> counts, String name, int more) {
        counts.merge(name, more, (before, added) -> before + added == 0 ? null : before + added);
    }

    /** What has become of the right to a login that is under way. */
    LoginStatus recheck(LoginOutcome outcome, TargetDirectory directory) {
        return outcome.target()
                .map(target -> {
                    if (directory.find(target.iqn()).filter(target::equals).isEmpty()) {
                        return LoginStatus.TARGET_REMOVED;
                    }
                    if (!target.reachedBy(outcome.portal().name())) {
                        return LoginStatus.NOT_FOUND;
                    }
                    return target.admits(outcome.initiatorName(), outcome.address())
                            ? LoginStatus.SUCCESS
                            : LoginStatus.AUTHORIZATION_FAILURE;
                })
                .orElse(LoginStatus.SUCCESS);
    }

    /** A session is over. The next one of the same ends waits until all of its tasks are. */
    void forget(Session session) {
        synchronized (this) {
            if (sessions.remove(session.id()) == null) {
                return;
            }
            handles.clear(session.tsih());
            byHandle.remove(session.tsih());
            count(session.outcome(), -1);
        }
        if (session.outcome().type() == SessionType.NORMAL) {
            session.ended().thenRun(() -> {
                synchronized (this) {
                    byEnds.remove(Ends.of(session.outcome()), session);
                }
            });
        }
    }

    /** The next free handle after the last one given, so that none is used again soon. One is free, as isFull sees to. */
    private int handle() {
        int next = handles.nextClearBit(lastHandle % (TSIH_LIMIT - 1) + 1);
        lastHandle = next < TSIH_LIMIT ? next : handles.nextClearBit(1);
        handles.set(lastHandle);
        return lastHandle;
    }
}
