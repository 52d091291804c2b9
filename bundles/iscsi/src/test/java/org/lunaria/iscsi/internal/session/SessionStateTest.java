package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.iscsi.internal.session.SessionState.Event;

class SessionStateTest {

    /** The target's matrix of RFC 7143 8.3: from, to, transition. */
    @ParameterizedTest
    @CsvSource({
        "Q1,Q2,N1",
        "Q2,Q3,N2",
        "Q3,Q1,N3",
        "Q3,Q4,N5",
        "Q4,Q1,N6",
        "Q4,Q5,N7",
        "Q5,Q4,N8",
        "Q2,Q1,N9",
        "Q5,Q3,N10",
        "Q5,Q1,N11"
    })
    void everyTransitionIsWhereTheRfcHasIt(String from, String to, String number) {
        assertEquals(
                List.of(number),
                SessionState.table().stream()
                        .filter(row -> number(row.from()).equals(from)
                                && number(row.to()).equals(to))
                        .map(SessionState.Transition::number)
                        .toList());
    }

    @Test
    void theMatrixHasNoOtherTransitions() {
        assertEquals(10, SessionState.table().size());
    }

    @Test
    void anEventLeadsOneWayFromAState() {
        for (SessionState state : SessionState.values()) {
            for (Event event : Event.values()) {
                assertTrue(
                        SessionState.table().stream()
                                        .filter(row -> row.from() == state
                                                && row.events().contains(event))
                                        .count()
                                <= 1,
                        () -> state + ", " + event);
            }
        }
    }

    @Test
    void whatCannotHappenChangesNothing() {
        assertEquals(Optional.empty(), SessionState.FREE.after(Event.LOGIN_DONE));
        assertEquals(Optional.empty(), SessionState.ACTIVE.after(Event.CONNECTIONS_LOST));
    }

    private static String number(SessionState state) {
        return state.toString().substring(0, 2);
    }
}
