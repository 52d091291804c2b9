package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.settings.InvalidSetting;

class HistoryLimitTest {

    @Test
    void fileSaysHowManyVersionsAreKept() {
        assertEquals(200, new HistoryLimit(Map.of("versions", "200")).versions());
        assertEquals(HistoryLimit.VERSIONS, new HistoryLimit(Map.of()).versions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "many"})
    void numberThatMayNotBeIsRefusedWithItsRange(String versions) {
        InvalidSetting refused =
                assertThrows(InvalidSetting.class, () -> new HistoryLimit(Map.of("versions", versions)));
        assertEquals(
                "org.lunaria.history: versions = " + versions + ": give a whole number from 1 to 1000.",
                refused.getMessage());
    }
}
