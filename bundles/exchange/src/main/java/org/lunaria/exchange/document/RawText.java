package org.lunaria.exchange.document;

import java.util.regex.Pattern;

/**
 * The text of a value in a configuration file, where a brace or a backslash that stands for itself has a backslash before it,
 * and in the document, where it needs none. Only where the text has a dollar sign before a brace does the document say it as
 * the file does, since then something may be resolved when it is read: {@code ${karaf.data}/volumes/disk1.img}. Stateless.
 */
final class RawText {
    private static final Pattern AS_IN_THE_FILE = Pattern.compile("\\$\\\\*\\{");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\{}])");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\{}]");

    private RawText() {}

    static String toDocument(String raw) {
        if (AS_IN_THE_FILE.matcher(raw).find()) {
            return raw;
        }
        String plain = ESCAPED.matcher(raw).replaceAll("$1");
        return AS_IN_THE_FILE.matcher(plain).find() ? raw : plain;
    }

    static String toFile(String text) {
        return AS_IN_THE_FILE.matcher(text).find()
                ? text
                : SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
