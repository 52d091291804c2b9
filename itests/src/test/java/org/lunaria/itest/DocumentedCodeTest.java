package org.lunaria.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The code in documents is that of the examples, which are built and tested: a block under a line {@code <!-- file: PATH -->} is the
 * file, to the letter. With {@code -Ddocuments.write=true} the documents are made so.
 */
public class DocumentedCodeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?s)<!-- file: (\\S+) -->\n```\\w+\n(.*?)```\n");

    /** Those that a document shows whole. */
    private static final Path EXAMPLE = Path.of("examples", "backend-mine");

    @Test
    public void codeInDocumentsIsThatOfTheExamples() throws IOException {
        int blocks = 0;
        for (Path document : documents()) {
            String text = Files.readString(document);
            if (Boolean.getBoolean("documents.write")) {
                text = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(withFile(block)));
                Files.writeString(document, text);
            }
            for (MatchResult block : BLOCK.matcher(text).results().toList()) {
                assertEquals(document + ": " + block.group(1), file(block), block.group(2));
                blocks++;
            }
        }
        assertTrue(blocks + " blocks", blocks >= 7);
    }

    @Test
    public void everyFileOfTheBackendIsShownOrNamed() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/backends.md"));
        try (Stream<Path> files = Files.walk(ROOT.resolve(EXAMPLE).resolve("src"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(
                        file.toString(), document.contains(ROOT.relativize(file).toString()));
            }
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            return documents.filter(path -> path.toString().endsWith(".md")).toList();
        }
    }

    private static String withFile(MatchResult block) {
        String whole = block.group();
        return whole.substring(0, block.start(2) - block.start()) + file(block) + "```\n";
    }

    private static String file(MatchResult block) {
        try {
            return Files.readString(ROOT.resolve(block.group(1)));
        } catch (IOException e) {
            throw new AssertionError(block.group(1), e);
        }
    }
}
