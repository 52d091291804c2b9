package org.lunaria.admin.internal;

import java.util.List;
import java.util.Optional;

/**
 * Finds what no hand has written: what is left of a file when a disk was full, a copy was cut off, or an editor is not done.
 * Stateless.
 */
final class CfgFlaw {
    /** What bytes become that are no text. */
    private static final int NO_CHARACTER = 0xFFFD;

    /** What editors of Windows put in front, as it is read in UTF-8 and in ISO 8859-1: it would be a part of the first key. */
    private static final List<String> BYTE_ORDER_MARKS = List.of("\uFEFF", "\u00EF\u00BB\u00BF");

    private CfgFlaw() {}

    /**
     * @param good what the file said last and was taken
     * @return why the text cannot be meant, in one sentence
     */
    static Optional<String> in(CfgText text, Optional<String> good) {
        String now = text.toString();
        if (now.codePoints().anyMatch(CfgFlaw::isNoText)) {
            return Optional.of("It is not text.");
        }
        if (BYTE_ORDER_MARKS.stream().anyMatch(now::startsWith)) {
            return Optional.of("It begins with a byte order mark; save it without.");
        }
        if (text.rawValues().isEmpty()) {
            return Optional.of(now.isBlank() ? "It is empty." : "It has no line of key = value.");
        }
        boolean cut = good.filter(whole -> whole.length() > now.length() && whole.startsWith(now))
                .isPresent();
        return cut && !now.endsWith("\n")
                ? Optional.of("It ends in the middle of a line: '"
                        + now.substring(now.lastIndexOf('\n') + 1).replaceAll("=.*", "= ...") + "'.")
                : Optional.empty();
    }

    private static boolean isNoText(int character) {
        return character == NO_CHARACTER || Character.isISOControl(character) && !Character.isWhitespace(character);
    }
}
