package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/standards.md are those of the code. {@code -Dstandards.write=true} writes them anew. */
class StandardsDocumentTest {
    private static final Path DOCUMENT = Path.of("../../docs/standards.md");

    @Test
    void theKeysAreThoseOfTheCode() throws IOException {
        check(
                "login keys",
                "| key | RFC 7143 | use | sender | scope | rule | default | offer |\n"
                        + "|---|---|---|---|---|---|---|---|\n"
                        + KeyTable.markdown());
    }

    @Test
    void theStatusesAreThoseOfTheCode() throws IOException {
        check(
                "login statuses",
                "| class, detail | status |\n|---|---|\n"
                        + Arrays.stream(LoginStatus.values())
                                .map(status -> "| %02X%02Xh | %s |%n"
                                        .formatted(status.statusClass(), status.statusDetail(), status))
                                .collect(Collectors.joining()));
    }

    private static void check(String name, String table) throws IOException {
        String begin = "<!-- " + name + ": begin -->\n";
        String end = "<!-- " + name + ": end -->";
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(begin) + begin.length();
        int to = document.indexOf(end);
        if (Boolean.getBoolean("standards.write")) {
            Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
        } else {
            assertEquals(table, document.substring(from, to));
        }
    }
}
