package org.lunaria.exchange.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published schema is that of the keys which the bundles declare. Written anew with -Dschema.write=true. */
class SchemaTest {
    private static final Path PUBLISHED = Path.of("../../docs/configuration.schema.json");

    private final MetatypeCatalog catalog = new MetatypeCatalog();

    @Test
    void publishedSchemaIsThatOfTheBundles() throws IOException {
        String schema = JsonText.write(new SchemaWriter(catalog, catalog.kinds()).write());
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(PUBLISHED, schema);
        }
        assertEquals(schema, Files.readString(PUBLISHED));
    }

    @Test
    void everySectionHasKeys() {
        for (Section section : Section.values()) {
            assertFalse(catalog.keys(section.pid()).isEmpty(), section.key());
        }
        assertEquals("[block, file, memory, remote]", catalog.kinds().keySet().toString());
    }
}
