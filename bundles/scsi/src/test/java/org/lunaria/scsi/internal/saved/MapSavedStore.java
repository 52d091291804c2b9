package org.lunaria.scsi.internal.saved;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what units save as the text that it would have in a file, and fails when a test says so. */
public final class MapSavedStore implements SavedStore {
    private final Map<String, String> texts = new HashMap<>();
    private boolean failing;

    /** Whether it can neither read nor write. */
    public void fail(boolean fails) {
        failing = fails;
    }

    public boolean keeps(String unit) {
        return texts.containsKey(unit);
    }

    /** Spoils what is kept for a unit. */
    public void damage(String unit) {
        texts.computeIfPresent(unit, (same, text) -> text.replace("crc", "rcr"));
    }

    @Override
    public Optional<SavedValues> load(String unit) throws IOException {
        work();
        String text = texts.get(unit);
        return text == null ? Optional.empty() : Optional.of(SavedValues.decode(unit, text));
    }

    @Override
    public void save(String unit, SavedValues values) throws IOException {
        work();
        texts.put(unit, values.encode(unit));
    }

    @Override
    public void delete(String unit) throws IOException {
        work();
        texts.remove(unit);
    }

    private void work() throws IOException {
        if (failing) {
            throw new IOException("the disk is broken");
        }
    }
}
