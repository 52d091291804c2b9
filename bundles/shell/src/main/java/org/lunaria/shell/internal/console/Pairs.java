package org.lunaria.shell.internal.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lunaria.admin.ApplianceException;

/** Words of a command line that are {@code key=value}. Stateless. */
public final class Pairs {
    private Pairs() {}

    /** @param before what stands before each word on the line, for the message */
    public static Map<String, String> of(String before, List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1 || pairs.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
                throw new ApplianceException(before + word + ": give key=value, and each key once.");
            }
        }
        return pairs;
    }
}
