package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values that a unit saves for itself, by key: letters, digits, dots, dashes and underscores. A value is printable ASCII.
 * A key that nobody knows is kept as it is. As a text there is a line {@code key=value} for each. Immutable.
 */
public record SavedValues(Map<String, String> byKey) {
    public static final SavedValues NONE = new SavedValues(Map.of());

    private static final String SORT = "lunaria-saved 1";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{0,4096}");
    private static final int MAX_VALUES = 256;

    public SavedValues {
        byKey.forEach((key, value) -> {
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("not to be saved: " + key);
            }
        });
        if (byKey.size() > MAX_VALUES) {
            throw new IllegalArgumentException(byKey.size() + " values");
        }
        byKey = Map.copyOf(byKey);
    }

    public Optional<String> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public SavedValues with(String key, String value) {
        Map<String, String> changed = new HashMap<>(byKey);
        changed.put(key, value);
        return new SavedValues(changed);
    }

    public SavedValues without(String key) {
        Map<String, String> changed = new HashMap<>(byKey);
        changed.remove(key);
        return new SavedValues(changed);
    }

    String encode(String unit) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(byKey).forEach((key, value) -> lines.add(key + "=" + value));
        return SealedText.seal(SORT, unit, lines);
    }

    /** @throws IOException when it is not what {@link #encode} gives for this unit, with what is wrong */
    static SavedValues decode(String unit, String text) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : SealedText.open(SORT, unit, text)) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IOException("a line has no =");
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        try {
            return new SavedValues(values);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
