package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.settings.InvalidSetting;

class TransportSettingsTest {
    private static final int PROCESSORS = 4;
    private static final long DIRECT_BYTES = 512L << 20;

    @Test
    void withoutAConfigurationHalfOfTheProcessorsServe() {
        TransportSettings settings = read(Map.of());
        assertEquals(2, settings.ioThreads());
        assertEquals(256 << 20, settings.bufferBytes());
        assertEquals(1, TransportSettings.read(Map.of(), 1, DIRECT_BYTES).ioThreads());
    }

    @Test
    void aBudgetThatTheVirtualMachineDoesNotHaveIsRefusedInOneSentence() {
        refused(
                "bufferBytes = 469762049: give at most 469762048, or in etc/jvm.options -XX:MaxDirectMemorySize=513m"
                        + " instead of 512m.",
                Map.of("bufferBytes", "469762049"));
        assertEquals(448 << 20, read(Map.of("bufferBytes", "469762048")).bufferBytes());
        InvalidSetting none =
                assertThrows(InvalidSetting.class, () -> TransportSettings.read(Map.of(), PROCESSORS, 32L << 20));
        assertTrue(none.getMessage().contains("give at most 0, or in etc/jvm.options"), none.getMessage());
    }

    @Test
    void aBudgetThatDoesNotDoForTheThreadsIsRefusedInOneSentence() {
        refused("bufferBytes = 16777216: give at least 23068672 for 4 ioThreads.", Map.of("ioThreads", "4"), 16 << 20);
        assertEquals(
                16 << 20,
                read(Map.of("ioThreads", "1", "bufferBytes", "16777216")).bufferBytes());
        refused("bufferBytes = 1000: give a whole number from 16777216 to 1099511627776.", Map.of(), 1000);
    }

    @Test
    void theVirtualMachineOfThisTestSaysHowMuchThereIs() {
        assertTrue(DirectMemory.bytesMax() >= 64 << 20);
        assertTrue(DirectMemory.bytesMax() < 1L << 50);
    }

    @Test
    void silenceThatIsAskedAboutIsShorterThanTheEnd() {
        refused(
                "goneSeconds = 30: give more than pingSeconds, which is 30.",
                Map.of("pingSeconds", "30", "goneSeconds", "30"));
        refused("pingSeconds = 0: give a whole number from 1 to 3600.", Map.of("pingSeconds", "0"));
        refused("commandsPerSessionMax = 3: give a whole number from 4 to 2048.", Map.of("commandsPerSessionMax", "3"));
    }

    @Test
    void aSingletonIsNamedOnce() {
        assertTrue(assertThrows(InvalidSetting.class, () -> read(Map.of("service.pid", "org.lunaria.iscsi", "x", "1")))
                .getMessage()
                .startsWith("org.lunaria.iscsi: unknown key x;"));
    }

    private static void refused(String sentence, Map<String, Object> properties, int bufferBytes) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bufferBytes", String.valueOf(bufferBytes));
        refused(sentence, all);
    }

    private static void refused(String sentence, Map<String, Object> properties) {
        String message =
                assertThrows(InvalidSetting.class, () -> read(properties)).getMessage();
        assertTrue(message.endsWith(sentence), message);
    }

    private static TransportSettings read(Map<String, Object> properties) {
        return TransportSettings.read(properties, PROCESSORS, DIRECT_BYTES);
    }
}
