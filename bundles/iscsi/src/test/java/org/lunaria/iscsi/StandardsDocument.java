package org.lunaria.iscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tables of docs/standards.md that this module's code has. {@code -Dstandards.write=true} writes them anew. */
public final class StandardsDocument {
    private static final Path DOCUMENT = Path.of("../../docs/standards.md");

    private StandardsDocument() {}

    /** Compares a table with the one between the marks of its name. */
    public static void check(String name, String table) throws IOException {
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
