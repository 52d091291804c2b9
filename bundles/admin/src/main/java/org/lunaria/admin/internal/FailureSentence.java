package org.lunaria.admin.internal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the administrator's sentence in what Service Component Runtime tells of a failed activation, which is the text of
 * a stack trace (OSGi Compendium 112.9.5, {@code failure}). Stateless.
 */
final class FailureSentence {
    /** The head of a throwable in a stack trace: its class, and maybe a message. */
    private static final Pattern HEAD = Pattern.compile("(?:Caused by: )?[\\w.$]+(?:: (.+))?");

    /** Of settings that are refused on purpose; it wins over whatever wraps it. */
    private static final String REFUSAL = "org.lunaria.settings.InvalidSetting: ";

    private FailureSentence() {}

    /** The message of the refusal, or of the innermost cause. */
    static String in(String failure) {
        List<String> lines = failure.lines().map(String::strip).toList();
        for (String line : lines) {
            int refusal = line.indexOf(REFUSAL);
            if (refusal >= 0) {
                return line.substring(refusal + REFUSAL.length());
            }
        }
        String head = lines.isEmpty() ? "" : lines.get(0);
        for (String line : lines) {
            head = line.startsWith("Caused by: ") ? line : head;
        }
        Matcher matcher = HEAD.matcher(head);
        return matcher.matches() && matcher.group(1) != null ? matcher.group(1) : head.replace("Caused by: ", "");
    }
}
