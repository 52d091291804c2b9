package org.lunaria.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pages of docs/reference, which are made from the code. Whoever makes one has it compared with what stands there; with
 * {@code -Dreference.write=true} it is written anew. Stateless.
 */
public final class ReferencePage {
    /** As seen from the folder of any bundle, where its tests run. */
    private static final Path FOLDER = Path.of("../../docs/reference");

    private ReferencePage() {}

    /**
     * @param test the class that makes the page
     * @param name of its file
     * @param page what the file is to say
     */
    public static void check(Class<?> test, String name, String page) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(file, page);
        }
        assertEquals(
                page,
                Files.readString(file),
                () ->
                        "the code declares something else: write docs/reference/%s anew, by -Dtest=%s -Dreference.write=true"
                                .formatted(name, test.getSimpleName()));
    }
}
