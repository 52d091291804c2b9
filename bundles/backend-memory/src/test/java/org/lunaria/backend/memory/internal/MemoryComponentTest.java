package org.lunaria.backend.memory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.TestServices;
import org.lunaria.settings.InvalidSetting;

class MemoryComponentTest {

    private static final long TOO_MUCH = Runtime.getRuntime().maxMemory() / 2 / 512 * 512 + 512;

    private final TestServices services = new TestServices();

    @Test
    void aConfiguredVolumeIsAServiceUntilItsEnd() throws Exception {
        MemoryComponent component = new MemoryComponent(services.context(), config("sizeBytes", 1048576L));
        assertEquals("disk-1", services.only().property("backend.id"));
        assertEquals("memory", services.only().property("backend.kind"));
        assertEquals(1048576, services.only().backend().profile().capacityBytes());
        component.deactivate();
        assertTrue(services.all().isEmpty());
    }

    @Test
    void aRunningVolumeBecomesLargerAndTakesNoOtherChange() throws Exception {
        MemoryComponent component = new MemoryComponent(services.context(), config("sizeBytes", 1048576L));
        component.modified(config("sizeBytes", 2097152L));
        assertEquals(2097152, services.only().backend().profile().capacityBytes());
        component.modified(config("sizeBytes", 1048576L));
        component.modified(config("sizeBytes", -1L));
        component.modified(config("sizeBytes", TOO_MUCH));
        component.modified(config("sizeBytes", 4194304L, "discardWrites", "true"));
        assertEquals(2097152, services.only().backend().profile().capacityBytes());
        component.deactivate();
    }

    @Test
    void moreThanFitsIsRefusedAndWhatIsGivenBackFitsAgain() throws Exception {
        refused("memory volumes may take half of the heap", "sizeBytes", TOO_MUCH);
        long half = MemoryBudget.HALF_OF_THE_HEAP.freeBytes() / 512 * 512;
        for (int i = 0; i < 2; i++) {
            MemoryComponent all = new MemoryComponent(services.context(), config("sizeBytes", half));
            refused("bytes, of which", "sizeBytes", 1048576L);
            all.deactivate();
        }
    }

    @Test
    void theNullModeTakesNoMemory() throws Exception {
        MemoryComponent component = new MemoryComponent(
                services.context(), config("sizeBytes", Long.toString(1L << 50), "discardWrites", "true"));
        assertTrue(services.only().backend().profile().can(Capability.WRITE));
        component.deactivate();
    }

    @Test
    void eachBadValueGetsItsSentence() {
        refused("sizeBytes is not set: give a whole number from 512 to");
        refused("sizeBytes = -1: give a whole number from 512 to", "sizeBytes", -1L);
        refused("sizeBytes = 1000: give a multiple of 512.", "sizeBytes", "1000");
        refused("unknown key sizeByte; known keys are", "sizeByte", "1024");
        refused("discardWrites = maybe: give true or false.", "sizeBytes", 512, "discardWrites", "maybe");
        refused("backend.id is not set: give the name of the volume.", "backend.id", "", "sizeBytes", 512);
        assertTrue(services.all().isEmpty());
    }

    private void refused(String sentence, Object... keys) {
        InvalidSetting thrown =
                assertThrows(InvalidSetting.class, () -> new MemoryComponent(services.context(), config(keys)));
        assertTrue(thrown.getMessage().startsWith("org.lunaria.backend.memory disk-1: "), thrown::getMessage);
        assertTrue(thrown.getMessage().contains(sentence), thrown::getMessage);
    }

    private static Map<String, Object> config(Object... keys) {
        Map<String, Object> config = new HashMap<>();
        config.put("service.pid", "org.lunaria.backend.memory~disk-1");
        config.put("backend.id", "disk-1");
        for (int i = 0; i < keys.length; i += 2) {
            config.put((String) keys[i], keys[i + 1]);
        }
        return config;
    }
}
