package org.lunaria.scsi.internal.reservation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps reservations as the text that they would have in a file, and fails when a test says so. */
public final class MapStore implements ReservationStore {
    private final Map<String, String> texts = new HashMap<>();
    private boolean failing;
    private int saves;

    /** Whether it can neither read nor write. */
    public void fail(boolean fails) {
        failing = fails;
    }

    public int saves() {
        return saves;
    }

    public boolean keeps(String unit) {
        return texts.containsKey(unit);
    }

    @Override
    public Optional<ReservationState> load(String unit) throws IOException {
        work();
        String text = texts.get(unit);
        return text == null ? Optional.empty() : Optional.of(ReservationText.decode(unit, text));
    }

    @Override
    public void save(String unit, ReservationState state) throws IOException {
        work();
        saves++;
        texts.put(unit, ReservationText.encode(unit, state));
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
