package org.lunaria.iscsi.internal.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.lunaria.event.EventKind;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.scsi.TaskManagement;

/**
 * The connections of a session: how they come, go, are lost and recovered (RFC 7143 4.2.1, 6.3, 7.1.5, 11.14). Confined to
 * the session's thread, but for {@link #all()}.
 */
final class SessionConnections {
    /** The longest that tasks of a lost connection hold memory, whatever was agreed on. */
    static final int KEPT_SECONDS_MAX = 300;

    private final Session session;

    /** Those that are logged in. Bound: MaxConnections. */
    private final List<SessionConnection> all = new CopyOnWriteArrayList<>();

    /** Those that were lost and may be recovered (ErrorRecoveryLevel 2), by their identifiers. Bound: as many as could be there. */
    private final Map<Integer, SessionConnection> lost = new HashMap<>();

    SessionConnections(Session session) {
        this.session = session;
    }

    /** A snapshot, for anybody. */
    List<SessionConnection> all() {
        return List.copyOf(all);
    }

    /** The one that the session begins with. */
    void begin(SessionConnection first) {
        all.add(first);
    }

    /** The session is over: takes out what there is, for who closes it. */
    List<SessionConnection> takeAll() {
        List<SessionConnection> left = List.copyOf(all);
        all.clear();
        lost.clear();
        left.forEach(SessionConnection::leave);
        return left;
    }

    /** How long its tasks are kept when a connection is lost. */
    int retainSeconds() {
        return session.outcome().parameters().errorRecoveryLevel() > 1
                ? session.outcome().parameters().defaultTime2Retain()
                : 0;
    }

    /** The first connection. */
    SessionConnection leading() {
        return all.get(0);
    }

    /** Whether there are connections that may be recovered. */
    boolean areLost() {
        return !lost.isEmpty();
    }

    boolean areThere() {
        return !all.isEmpty();
    }

    /** Whether there may be several, so that a request may come before one with a smaller number. */
    boolean maySpan() {
        return session.outcome().parameters().maxConnections() > 1;
    }

    /** The connection with an identifier that is logged in. */
    Optional<SessionConnection> find(int cid) {
        return all.stream().filter(each -> each.cid() == cid).findFirst();
    }

    /** Why a login cannot add a connection with this identifier, or put it in the place of one (RFC 7143 6.3.4). */
    Optional<LoginStatus> refusal(int cid) {
        if (session.state() == SessionState.FREE || session.state() == SessionState.ACTIVE || session.isRevoked()) {
            return Optional.of(LoginStatus.SESSION_DOES_NOT_EXIST);
        }
        boolean more = find(cid).isEmpty();
        return more && all.size() >= session.outcome().parameters().maxConnections()
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
        SessionConnection joined = new SessionConnection(
                session, connection, login.joining(session.outcome().parameters()), statSN);
        all.add(joined);
        // A login in the place of a lost connection cleans up after it; its tasks wait on.
        Optional.ofNullable(lost.get(login.cid())).ifPresent(old -> {
            old.connection().happens(ConnectionState.Event.CLEANUP_BEGAN);
            old.connection().happens(ConnectionState.Event.CLEANUP_DONE);
        });
        session.happens(SessionState.Event.CONTINUATION_BEGAN);
        session.happens(SessionState.Event.CONTINUATION_DONE);
        EventKind.LOGIN.tell(
                "login: connection {} of {} over portal {}",
                login.cid(),
                session.name(),
                login.portal().name());
        return joined;
    }

    /** A login is to come in the place of a connection, if one has this identifier: it is logged out by that (6.3.4). */
    void makeRoom(int cid, Runnable then) {
        Optional<SessionConnection> old = find(cid);
        if (old.isEmpty()) {
            then.run();
            return;
        }
        if (areRecovered()) {
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
        if (all.remove(gone)) {
            gone.leave();
            session.order().forget(gone);
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
                session.end(ConnectionState.Event.LOST, "a task of a connection that is gone could not be aborted");
            }
            if (left.decrementAndGet() == 0) {
                then.run();
            }
        };
        for (ScsiTask task : started) {
            session.outcome()
                    .target()
                    .orElseThrow()
                    .scsi()
                    .manage(new TaskManagement(
                            session.nexus(),
                            TaskManagement.Function.ABORT_TASK,
                            task.lun(),
                            task.tag(),
                            session.thread(),
                            answer));
        }
        answer.accept(TaskManagement.Response.FUNCTION_COMPLETE);
    }

    /**
     * A connection is gone. Where connections are recovered its tasks wait, as long as was agreed on; without, the session is
     * over. Nothing happens when it had left.
     */
    void lost(SessionConnection gone) {
        if (!all.remove(gone)) {
            return;
        }
        gone.leave();
        session.order().forget(gone);
        if (!areRecovered()) {
            session.end(ConnectionState.Event.SESSION_CLOSED, "another connection of its session was lost");
            return;
        }
        abandon(gone.cid());
        gone.lose();
        lost.put(gone.cid(), gone);
        forEachTask(gone, ScsiTask::suspend);
        if (all.isEmpty()) {
            session.happens(SessionState.Event.CONNECTIONS_LOST);
        }
        int seconds = Math.min(session.outcome().parameters().defaultTime2Wait() + retainSeconds(), KEPT_SECONDS_MAX);
        EventKind.CONNECTION.tell(
                "{} has lost connection {}; its tasks are kept for {} seconds", session.name(), gone.cid(), seconds);
        session.thread().after(seconds, () -> {
            if (lost.get(gone.cid()) == gone) {
                abandon(gone.cid());
                endIfForsaken();
            }
        });
    }

    /** Ends the session when it has no connection, and none is awaited. */
    void endIfForsaken() {
        if (all.isEmpty() && lost.isEmpty()) {
            session.end(ConnectionState.Event.STATE_TIMED_OUT, "none of its connections came back");
        }
    }

    /** Whether a lost connection's tasks go on on another (ErrorRecoveryLevel 2, RFC 7143 7.1.5). */
    boolean areRecovered() {
        return !session.isRevoked()
                && !session.isClosed()
                && session.outcome().parameters().errorRecoveryLevel() > 1
                && retainSeconds() > 0;
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
        session.tasks().forEach(task -> {
            if (task.connection() == of) {
                what.accept(task);
            }
        });
    }
}
