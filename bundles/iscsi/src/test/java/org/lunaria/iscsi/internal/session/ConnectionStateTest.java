package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.iscsi.internal.session.ConnectionState.Event;

class ConnectionStateTest {

    /** The target's matrix of RFC 7143 8.1.4, and that of the clean-up (8.2.2): from, to, transition. */
    @ParameterizedTest
    @CsvSource({
        "S1,S3,T3",
        "S3,S4,T4",
        "S4,S5,T5",
        "S3,S1,T6",
        "S4,S1,T7",
        "S5,S1,T8",
        "S5,S6,T9",
        "S7,S6,T10",
        "S5,S7,T11",
        "S7,S7,T12",
        "S6,S1,T13",
        "S6,S6,T14",
        "S5,S8,T15",
        "S7,S8,T16",
        "S6,S8,T17",
        "S7,S1,T18",
        "S8,S1,M1",
        "S8,R2,M2",
        "R2,S8,M3",
        "R2,S1,M4"
    })
    void everyTransitionIsWhereTheRfcHasIt(String from, String to, String number) {
        assertEquals(
                List.of(number),
                ConnectionState.table().stream()
                        .filter(row -> number(row.from()).equals(from)
                                && number(row.to()).equals(to))
                        .map(ConnectionState.Transition::number)
                        .toList());
    }

    @Test
    void theMatrixHasNoOtherTransitions() {
        assertEquals(20, ConnectionState.table().size());
    }

    @Test
    void anEventLeadsOneWayFromAState() {
        for (ConnectionState state : ConnectionState.values()) {
            for (Event event : Event.values()) {
                long ways = ConnectionState.table().stream()
                        .filter(row -> row.from() == state && row.events().contains(event))
                        .count();
                assertEquals(ways == 0, state.after(event).isEmpty());
                assertEquals(true, ways <= 1, () -> state + ", " + event);
            }
        }
    }

    @Test
    void aConnectionThatIsLoggedInAndOutAgainIsFree() {
        assertEquals(
                Optional.of(ConnectionState.FREE),
                Stream.of(
                                Event.CONNECTED,
                                Event.LOGIN_BEGAN,
                                Event.LOGIN_DONE,
                                Event.LOGOUT_WANTED,
                                Event.LOGOUT_CAME,
                                Event.LOGOUT_DONE)
                        .reduce(
                                Optional.of(ConnectionState.FREE),
                                (state, event) -> state.flatMap(from -> from.after(event)),
                                (first, second) -> second));
    }

    @Test
    void whatCannotHappenChangesNothing() {
        assertEquals(Optional.empty(), ConnectionState.FREE.after(Event.LOST));
        assertEquals(Optional.empty(), ConnectionState.XPT_UP.after(Event.LOGIN_DONE));
    }

    private static String number(ConnectionState state) {
        return state.toString().substring(0, 2);
    }
}
