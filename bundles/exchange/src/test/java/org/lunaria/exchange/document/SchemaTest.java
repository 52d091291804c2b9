package org.lunaria.exchange.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals(
                schema,
                Files.readString(PUBLISHED),
                "keys have changed: write docs/configuration.schema.json anew, by -Dtest=SchemaTest -Dschema.write=true");
    }

    @Test
    void documentsThatAreWrittenFitIt() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/foreign"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".expected")).toList()) {
                String text = Files.readString(file);
                assertEquals(Set.of(), complaints(text.substring(text.indexOf("\n\n") + 2)), file.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'formatVersion': 2}",
                "{'formatVersion': 1, 'volume': {}}",
                "{'formatVersion': 1, 'volumes': {'d': {'kind': 'file', 'backend': {'sise': 1}}}}",
                "{'formatVersion': 1, 'volumes': {'d': {'kind': 'file', 'backend': {'sizeBytes': 'much'}}}}",
                "{'formatVersion': 1, 'volumes': {'d': {'readOnly': 'yes'}}}",
                "{'formatVersion': 1, 'targets': {'t': {'luns': ['d']}}}",
                "{'formatVersion': 1, 'targets': {'t': {'auth': 'maybe'}}}"
            })
    void documentThatIsNoneDoesNotFitIt(String document) throws IOException {
        assertFalse(complaints(document.replace('\'', '"')).isEmpty());
    }

    private static Set<ValidationMessage> complaints(String document) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JsonText.read(Files.readString(PUBLISHED)))
                .validate(JsonText.read(document));
    }

    @Test
    void everySectionHasKeys() {
        for (Section section : Section.values()) {
            assertFalse(catalog.keys(section.pid()).isEmpty(), section.key());
        }
        assertEquals("[block, file, memory, remote]", catalog.kinds().keySet().toString());
    }
}
