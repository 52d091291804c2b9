package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Event;

class EventLogTest {
    @TempDir
    private Path folder;

    private EventLog events;

    @BeforeEach
    void someEvents() throws IOException {
        events = new EventLog(folder);
        Files.writeString(folder.resolve("events.log.1"), """
                2026-11-26T01:00:00.001Z PORTAL portal default listens
                2026-11-26T01:00:01.001Z LOGIN login: a
                """);
        Files.writeString(folder.resolve("events.log"), """
                2026-11-26T01:00:02.001Z LOGOUT logout: a
                2026-11-26T01:00:03.001Z LOGIN login: b, user c
                2026-11-26T01:00:0""");
    }

    @Test
    void theOldFileComesFirstAndWhatIsBeingWrittenIsLeftOut() {
        assertEquals(List.of("PORTAL", "LOGIN", "LOGOUT", "LOGIN"), kinds(10, Optional.empty()));
        assertEquals(
                List.of(new Event(Instant.parse("2026-11-26T01:00:03.001Z"), "LOGIN", "login: b, user c")),
                events.last(1, Optional.empty()));
    }

    @Test
    void theLastOfAKindAreChosenByKindFirst() {
        assertEquals(List.of("LOGIN", "LOGIN"), kinds(2, Optional.of("login")));
        assertEquals(List.of("PORTAL"), kinds(2, Optional.of("PORTAL")));
    }

    @Test
    void anUnknownKindIsRefusedWithThoseThereAre() {
        ApplianceException refusal =
                assertThrows(ApplianceException.class, () -> events.last(1, Optional.of("logins")));
        assertTrue(refusal.getMessage().startsWith("there are no events of kind 'logins': give one of LOGIN, "));
    }

    @Test
    void nothingIsKeptWhereNothingHasHappened() {
        assertEquals(List.of(), new EventLog(folder.resolve("none")).last(5, Optional.empty()));
    }

    private List<String> kinds(int most, Optional<String> kind) {
        return events.last(most, kind).stream().map(Event::kind).toList();
    }
}
