package org.lunaria.iscsi.internal.session;

import static org.lunaria.iscsi.internal.session.SessionState.Event.CLOSED;
import static org.lunaria.iscsi.internal.session.SessionState.Event.CONNECTIONS_LOST;
import static org.lunaria.iscsi.internal.session.SessionState.Event.CONTINUATION_BEGAN;
import static org.lunaria.iscsi.internal.session.SessionState.Event.CONTINUATION_DONE;
import static org.lunaria.iscsi.internal.session.SessionState.Event.CONTINUATION_FAILED;
import static org.lunaria.iscsi.internal.session.SessionState.Event.LOGIN_BEGAN;
import static org.lunaria.iscsi.internal.session.SessionState.Event.LOGIN_DONE;
import static org.lunaria.iscsi.internal.session.SessionState.Event.LOGIN_FAILED;
import static org.lunaria.iscsi.internal.session.SessionState.Event.REINSTATED;
import static org.lunaria.iscsi.internal.session.SessionState.Event.STATE_TIMED_OUT;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a session as a target has them, and the ways between them (RFC 7143 8.3). The one table of them: {@link
 * Session} lives by it, and the documentation is written from it. N4 is initiators' only. Immutable.
 */
public enum SessionState {
    FREE("Q1"),
    ACTIVE("Q2"),
    LOGGED_IN("Q3"),
    FAILED("Q4"),
    IN_CONTINUE("Q5");

    /** What happens to a session. */
    enum Event {
        LOGIN_BEGAN("the login of its first connection begins"),
        LOGIN_DONE("a connection is logged in"),
        LOGIN_FAILED("the login of the first connection fails"),
        CLOSED("it is logged out, or ended at once"),
        REINSTATED("another login takes its place"),
        CONNECTIONS_LOST("its last connection is lost"),
        CONTINUATION_BEGAN("a login that goes on with it begins"),
        CONTINUATION_FAILED("the last login that goes on with it fails"),
        CONTINUATION_DONE("a login that goes on with it is done"),
        STATE_TIMED_OUT("nothing is kept of it any longer");

        private final String words;

        Event(String words) {
            this.words = words;
        }

        /** For the documentation. */
        String words() {
            return words;
        }
    }

    /**
     * A row of the table.
     *
     * @param number the RFC's
     * @param events each of which leads this way
     * @param action of the target, for the documentation
     */
    record Transition(String number, SessionState from, Set<Event> events, SessionState to, String action) {}

    private static final String ENDS = "aborts its tasks, the nexus is lost";

    private static final List<Transition> TABLE = List.of(
            row("N1", FREE, EnumSet.of(LOGIN_BEGAN), ACTIVE, "gives it a handle (TSIH)"),
            row("N2", ACTIVE, EnumSet.of(LOGIN_DONE), LOGGED_IN, "the nexus comes to be"),
            row("N3", LOGGED_IN, EnumSet.of(CLOSED, REINSTATED), FREE, ENDS),
            row("N5", LOGGED_IN, EnumSet.of(CONNECTIONS_LOST), FAILED, "its tasks wait"),
            row("N6", FAILED, EnumSet.of(STATE_TIMED_OUT, CLOSED, REINSTATED), FREE, ENDS),
            row("N7", FAILED, EnumSet.of(CONTINUATION_BEGAN), IN_CONTINUE, "its tasks wait on"),
            row("N8", IN_CONTINUE, EnumSet.of(CONTINUATION_FAILED), FAILED, "its tasks wait on"),
            row("N9", ACTIVE, EnumSet.of(LOGIN_FAILED, CLOSED), FREE, "forgets it"),
            row("N10", IN_CONTINUE, EnumSet.of(CONTINUATION_DONE), LOGGED_IN, "its tasks may be reassigned"),
            row("N11", IN_CONTINUE, EnumSet.of(CLOSED, REINSTATED), FREE, ENDS));

    private final String number;

    SessionState(String number) {
        this.number = number;
    }

    /** Where an event leads from here; empty when it changes nothing, as it cannot happen here or has happened already. */
    Optional<SessionState> after(Event event) {
        return TABLE.stream()
                .filter(row -> row.from == this && row.events.contains(event))
                .map(Transition::to)
                .findFirst();
    }

    /** As listings show it: the RFC's number and name. */
    @Override
    public String toString() {
        return number + " " + name();
    }

    /** Every row, in the order of the RFC's numbers. */
    static List<Transition> table() {
        return TABLE;
    }

    private static Transition row(
            String number, SessionState from, EnumSet<Event> events, SessionState to, String action) {
        return new Transition(number, from, Set.copyOf(events), to, action);
    }
}
