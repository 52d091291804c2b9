package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;

/** What a unit saves for itself, over a loss of power and when that cannot be done. */
class UnitSavedTest {
    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final String naa = bench.unit().identity().naa();
    private final List<String> seen = new ArrayList<>();

    private boolean save(String value) {
        return bench.unit()
                .saved()
                .change(values -> values.with("colour", value), () -> seen.add(value))
                .toCompletableFuture()
                .join();
    }

    private static Optional<String> colour(Bench of) {
        return of.unit().saved().values().find("colour");
    }

    @Test
    void whatIsSavedIsThereAfterALossOfPower() {
        assertTrue(save("blue"));
        assertEquals(List.of("blue"), seen);
        assertEquals(Optional.of("blue"), colour(bench.afterPowerLoss(backend)));
    }

    @Test
    void whatCannotBeSavedIsNotSeen() {
        assertTrue(save("blue"));
        bench.saved().fail(true);
        assertFalse(save("red"));
        assertEquals(List.of("blue"), seen);
        assertEquals(Optional.of("blue"), colour(bench));
    }

    @Test
    void whatIsDamagedIsSaidUntilSomethingIsSavedAnew() {
        save("blue");
        bench.saved().damage(naa);
        Bench again = bench.afterPowerLoss(backend);
        assertTrue(again.unit().saved().damage().isPresent());
        assertEquals(Optional.empty(), colour(again));
        again.unit().saved().change(values -> values, () -> {});
        assertTrue(again.unit().saved().damage().isPresent());
        again.unit().saved().change(values -> values.with("colour", "red"), () -> {});
        assertTrue(again.unit().saved().damage().isEmpty());
        assertTrue(again.afterPowerLoss(backend).unit().saved().damage().isEmpty());
    }

    @Test
    void itGoesWithTheUnit() {
        save("blue");
        bench.engine().forget(naa);
        assertFalse(bench.saved().keeps(naa));
    }
}
