package org.lunaria.iscsi.internal.session;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.StandardsDocument;

/** The states in docs/standards.md are those of the code. */
class StatesDocumentTest {
    private static final String HEAD = "| transition | from | when | to | the target |\n|---|---|---|---|---|\n";

    @Test
    void theConnectionStatesAreThoseOfTheCode() throws IOException {
        StandardsDocument.check(
                "connection states",
                HEAD
                        + ConnectionState.table().stream()
                                .map(row -> row(
                                        row.number(),
                                        row.from(),
                                        words(row.events().stream().sorted().map(ConnectionState.Event::words)),
                                        row.to(),
                                        row.action()))
                                .collect(Collectors.joining()));
    }

    @Test
    void theSessionStatesAreThoseOfTheCode() throws IOException {
        StandardsDocument.check(
                "session states",
                HEAD
                        + SessionState.table().stream()
                                .map(row -> row(
                                        row.number(),
                                        row.from(),
                                        words(row.events().stream().sorted().map(SessionState.Event::words)),
                                        row.to(),
                                        row.action()))
                                .collect(Collectors.joining()));
    }

    private static String row(String number, Object from, String events, Object to, String action) {
        return "| " + String.join(" | ", number, from.toString(), events, to.toString(), action) + " |\n";
    }

    private static String words(Stream<String> events) {
        return events.collect(Collectors.joining("; or "));
    }
}
