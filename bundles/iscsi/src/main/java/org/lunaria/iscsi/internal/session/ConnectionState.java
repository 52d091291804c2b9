package org.lunaria.iscsi.internal.session;

import static org.lunaria.iscsi.internal.session.ConnectionState.Event.CLEANUP_BEGAN;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.CLEANUP_DONE;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.CLEANUP_FAILED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.CONNECTED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGIN_BEGAN;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGIN_DONE;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGIN_REFUSED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGOUT_CAME;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGOUT_DONE;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGOUT_FAILED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOGOUT_WANTED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.LOST;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.REINSTATED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.SESSION_CLOSED;
import static org.lunaria.iscsi.internal.session.ConnectionState.Event.STATE_TIMED_OUT;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The states of a connection as a target has them, and the ways between them (RFC 7143 8.1, and 8.2 for a connection that
 * has failed). The one table of them: {@link Connection} lives by it, and the documentation is written from it. S2, T1 and
 * T2 are initiators' only. Immutable.
 */
public enum ConnectionState {
    FREE("S1"),
    XPT_UP("S3"),
    IN_LOGIN("S4"),
    LOGGED_IN("S5"),
    IN_LOGOUT("S6"),
    LOGOUT_REQUESTED("S7"),
    /** R1 of the clean-up; its R3 is S1. */
    CLEANUP_WAIT("S8"),
    IN_CLEANUP("R2");

    /** What happens to a connection. */
    enum Event {
        CONNECTED("the transport connection is there"),
        LOGIN_BEGAN("the first Login Request comes"),
        LOGIN_DONE("the last Login Response goes, with success"),
        LOGIN_REFUSED("the last Login Response goes, with another status"),
        LOGOUT_WANTED("the connection is to go"),
        LOGOUT_CAME("a Logout Request for it comes"),
        LOGOUT_DONE("the Logout Response goes, with success"),
        LOGOUT_FAILED("the Logout Response goes, with a failure"),
        SESSION_CLOSED("the session is logged out on another connection"),
        REINSTATED("another login takes its place"),
        LOST("the transport connection is lost, or dropped for cause"),
        STATE_TIMED_OUT("nothing is kept of it any longer"),
        CLEANUP_BEGAN("a logout for it or a login in its place begins"),
        CLEANUP_FAILED("that fails"),
        CLEANUP_DONE("that succeeds");

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
    record Transition(String number, ConnectionState from, Set<Event> events, ConnectionState to, String action) {}

    private static final String CLOSES = "closes the transport connection, when what is in the output has been sent";
    private static final String CLEANS_UP = "closes the transport connection; its tasks wait, or are aborted";
    private static final String ASKS = "sends Async Message 1 (logout request)";

    private static final List<Transition> TABLE = List.of(
            row("T3", FREE, EnumSet.of(CONNECTED), XPT_UP, "waits for a login"),
            row("T4", XPT_UP, EnumSet.of(LOGIN_BEGAN), IN_LOGIN, "negotiates"),
            row("T5", IN_LOGIN, EnumSet.of(LOGIN_DONE), LOGGED_IN, "enters the full feature phase"),
            row("T6", XPT_UP, EnumSet.of(LOST), FREE, CLOSES),
            row("T7", IN_LOGIN, EnumSet.of(LOGIN_REFUSED, LOST, SESSION_CLOSED), FREE, CLOSES),
            row("T8", LOGGED_IN, EnumSet.of(SESSION_CLOSED, REINSTATED), FREE, CLOSES),
            row("T9", LOGGED_IN, EnumSet.of(LOGOUT_CAME), IN_LOGOUT, "ends its tasks"),
            row("T10", LOGOUT_REQUESTED, EnumSet.of(LOGOUT_CAME), IN_LOGOUT, "ends its tasks"),
            row("T11", LOGGED_IN, EnumSet.of(LOGOUT_WANTED), LOGOUT_REQUESTED, ASKS),
            row("T12", LOGOUT_REQUESTED, EnumSet.of(LOGOUT_WANTED), LOGOUT_REQUESTED, ASKS),
            row("T13", IN_LOGOUT, EnumSet.of(LOGOUT_DONE, SESSION_CLOSED, REINSTATED), FREE, CLOSES),
            row("T14", IN_LOGOUT, EnumSet.of(LOGOUT_WANTED), IN_LOGOUT, "nothing: the logout is under way"),
            row("T15", LOGGED_IN, EnumSet.of(LOST), CLEANUP_WAIT, CLEANS_UP),
            row("T16", LOGOUT_REQUESTED, EnumSet.of(LOST), CLEANUP_WAIT, CLEANS_UP),
            row("T17", IN_LOGOUT, EnumSet.of(LOGOUT_FAILED, LOST), CLEANUP_WAIT, CLEANS_UP),
            row("T18", LOGOUT_REQUESTED, EnumSet.of(SESSION_CLOSED, REINSTATED), FREE, CLOSES),
            row("M1", CLEANUP_WAIT, EnumSet.of(STATE_TIMED_OUT, SESSION_CLOSED), FREE, "forgets it"),
            row("M2", CLEANUP_WAIT, EnumSet.of(CLEANUP_BEGAN), IN_CLEANUP, "does the logout or the login"),
            row("M3", IN_CLEANUP, EnumSet.of(CLEANUP_FAILED), CLEANUP_WAIT, "waits on"),
            row("M4", IN_CLEANUP, EnumSet.of(CLEANUP_DONE, SESSION_CLOSED), FREE, "forgets it"));

    private final String number;

    ConnectionState(String number) {
        this.number = number;
    }

    /** Where an event leads from here; empty when it changes nothing, as it cannot happen here or has happened already. */
    Optional<ConnectionState> after(Event event) {
        return TABLE.stream()
                .filter(row -> row.from == this && row.events.contains(event))
                .map(Transition::to)
                .findFirst();
    }

    /** Whether the initiator is neither heard nor answered any more. */
    boolean isOver() {
        return this == FREE || this == CLEANUP_WAIT || this == IN_CLEANUP;
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
            String number, ConnectionState from, EnumSet<Event> events, ConnectionState to, String action) {
        return new Transition(number, from, Set.copyOf(events), to, action);
    }
}
