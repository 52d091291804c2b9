package org.lunaria.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** A link of a document within the project leads to a file that is there, and to a heading of it. */
public class DocumentLinksTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> FOLDERS = List.of("docs", "bench");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```");

    @Test
    public void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(text(document));
            while (link.find()) {
                links++;
                Path file = link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(file)
                        || link.group(2) != null && !headings(file).contains(link.group(2))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }
        assertEquals("links that lead nowhere", List.of(), broken);
        assertTrue(links + " links", links > 40);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT)) {
            files.filter(DocumentLinksTest::isDocument).forEach(documents::add);
        }
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(DocumentLinksTest::isDocument).forEach(documents::add);
            }
        }
        return documents;
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md");
    }

    /** As GitHub makes them: lower case, letters, digits, dashes and underscores only, blanks as dashes. */
    private static Set<String> headings(Path document) throws IOException {
        return HEADING.matcher(text(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Without what is shown as it is. */
    private static String text(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document)).replaceAll("");
    }
}
