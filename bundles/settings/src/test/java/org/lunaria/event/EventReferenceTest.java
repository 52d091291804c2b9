package org.lunaria.event;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lunaria.settings.ReferencePage;

/** docs/reference/events.md is what the code declares. Written anew with -Dreference.write=true. */
class EventReferenceTest {
    private static final String HEAD = """
            # Events

            What `appliance:events` shows, by kind, as the code declares it. This page is made from the code, and a test compares the two.

            Each event is one line in `lunaria.log` and in `events.log` beside it, which is kept up to 4 MB, and one older file of as much.

            | kind | what has happened |
            |---|---|
            """;

    @Test
    void thePageIsWhatTheCodeDeclares() throws IOException {
        String page = HEAD
                + Arrays.stream(EventKind.values())
                        .map(kind -> "| " + kind + " | " + kind.meaning() + " |\n")
                        .collect(Collectors.joining());
        ReferencePage.check(EventReferenceTest.class, "events.md", page);
    }
}
