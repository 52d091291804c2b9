package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.slot.Policy;
import org.lunaria.scsi.internal.slot.Policy.WhenGone;
import org.lunaria.settings.InvalidSetting;
import org.lunaria.settings.Settings;

class UnitSettingsTest {
    private static final String NAA_3 = "3123456789ABCDEF";
    private static final String NAA_6 = "6123456789abcdef0123456789abcdef";

    private final Map<String, Object> properties = new HashMap<>(Map.of(
            "service.pid", "org.lunaria.unit~disk-1", "backend.id", "disk-1", "serial", "0123-abc", "naa", NAA_3));

    private UnitSettings read() {
        return UnitSettings.of(new Settings(UnitSettings.FACTORY_PID, properties, UnitConfig.class), "0.1");
    }

    private void assertRefused(String key, Object value, String hint) {
        properties.put(key, value);
        InvalidSetting refusal = assertThrows(InvalidSetting.class, this::read);
        assertEquals("org.lunaria.unit disk-1: " + key + " = " + value + ": " + hint + ".", refusal.getMessage());
    }

    @Test
    void whatIsNotSaidHasADefault() {
        UnitSettings settings = read();
        assertEquals("disk-1", settings.name());
        assertEquals(512, settings.blockBytes());
        assertEquals("0.1", settings.identity().revision());
        assertEquals("LUNARIA", settings.identity().vendor());
        assertEquals(NAA_3.toLowerCase(Locale.ROOT), settings.identity().naa());
        assertEquals(1, settings.identity().rotationRate());
        assertEquals(new Policy(WhenGone.HOLD, 30_000, 10_000), settings.policy());
        assertTrue(settings.writeCache());
        assertFalse(settings.readOnly());
        assertFalse(settings.taskAbortedStatus());
        assertFalse(settings.identity().removable());
    }

    @Test
    void bothKindsOfNaaAreTaken() {
        properties.put("naa", NAA_6);
        assertEquals(NAA_6, read().identity().naa());
    }

    @Test
    void anythingElseIsNoNaa() {
        String hint = "give 16 hexadecimal digits that begin with 3, or 32 that begin with 6";
        for (String naa : new String[] {"3", "5123456789abcdef", NAA_3 + "0", NAA_6.substring(1), "312345678gabcdef"}) {
            assertRefused("naa", naa, hint);
        }
    }

    @Test
    void eachBadValueGetsOneSentence() {
        assertRefused("blockBytes", "1024", "give 512 or 4096");
        properties.put("blockBytes", "4096");
        assertRefused("vendor", "NINECHARS", "give 1 to 8 printable ASCII characters");
        properties.remove("vendor");
        assertRefused("graceMillis", "-1", "give a whole number from 0 to 3600000");
        properties.remove("graceMillis");
        assertRefused("drainMillis", "999", "give a whole number from 1000 to 60000");
        properties.remove("drainMillis");
        assertRefused("whenGone", "WAIT", "give one of HOLD, FAIL");
        properties.remove("whenGone");
        assertRefused(
                "rotationRate", "7", "give 1 for solid state, 0 for not reported, or 1025 to 65534 rounds a minute");
        properties.put("rotationRate", "7200");
        assertRefused("serial", "a b", "give 1 to 64 letters, digits, dots, dashes and underscores");
    }

    @Test
    void aDriveHasARemovableMediumOf2048BytesABlockThatIsNotWritten() {
        properties.put("type", "cdrom");
        assertRefused("blockBytes", "512", "give 2048 for a CDROM");
        properties.put("blockBytes", "2048");
        UnitSettings drive = read();
        assertEquals(DeviceType.CDROM, drive.identity().type());
        assertTrue(drive.identity().removable());
        assertTrue(drive.readOnly());
        properties.put("type", "DISK");
        assertRefused("blockBytes", "2048", "give 512 or 4096");
        assertRefused("type", "TAPE", "give one of DISK, CDROM");
    }

    @Test
    void whatIdentifiesAUnitDoesNotChangeWhileItRuns() {
        UnitSettings running = read();
        properties.put("serial", "other");
        properties.put("readOnly", "true");
        properties.put("product", "NEW");
        UnitSettings changed = read();
        assertFalse(changed.keepsIdentityOf(running));
    }
}
