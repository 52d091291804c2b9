package org.lunaria.isns.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.isns.internal.network.ServerAddress;
import org.lunaria.isns.internal.registration.Entity;
import org.lunaria.settings.InvalidSetting;

class IsnsSettingsTest {
    private static final String SERVER_HINT =
            "is none; give HOST, HOST:PORT or [IPV6-ADDRESS]:PORT of each, with a port" + " from 1 to 65535.";
    private static final String ENTITY_HINT = "give a name of 1 to 255 letters, digits, '.', '-', '_' and ':' that no"
            + " other client of the servers has and that does not begin with isns:.";

    @Test
    void withoutServersItRegistersNowhereWhateverTheHostIsCalled() {
        IsnsSettings settings = IsnsSettings.read(Map.of(), () -> {
            throw new AssertionError("the name is not needed");
        });
        assertEquals(List.of(), settings.servers());
        assertEquals(0, settings.esiSeconds());
    }

    @Test
    void theEntityIsTheHostUnlessItIsNamed() {
        assertEquals(
                new IsnsSettings(
                        List.of(new ServerAddress("a", 3205), new ServerAddress("::1", 13205)),
                        new Entity("box.example.org", 300),
                        0,
                        0),
                read(Map.of("servers", "a, [::1]:13205")));
        assertEquals(
                new Entity("lab-1", 60),
                read(Map.of("servers", "a", "entity", "Lab-1", "registrationSeconds", "60"))
                        .entity());
    }

    @Test
    void aServerThatIsNoneIsRefused() {
        refused("servers = a,b c: 'b c' " + SERVER_HINT, Map.of("servers", "a,b c"));
        refused("servers = a:99999: 'a:99999' " + SERVER_HINT, Map.of("servers", "a:99999"));
        refused("servers = a,a:3205: one stands there twice; give each once.", Map.of("servers", "a,a:3205"));
        refused("servers = 1,2,3,4,5,6,7,8,9: give at most 8.", Map.of("servers", "1,2,3,4,5,6,7,8,9"));
    }

    @Test
    void aNameThatServersCannotTakeIsRefused() {
        refused("entity = isns:7: " + ENTITY_HINT, Map.of("servers", "a", "entity", "isns:7"));
        refused("entity = my box: " + ENTITY_HINT, Map.of("servers", "a", "entity", "my box"));
        InvalidSetting refusal =
                assertThrows(InvalidSetting.class, () -> IsnsSettings.read(Map.of("servers", "a"), () -> "localhost"));
        assertEquals("org.lunaria.isns: entity is not set: " + ENTITY_HINT, refusal.getMessage());
    }

    @Test
    void theHostHasAName() {
        assertEquals(IsnsSettings.hostName().trim(), IsnsSettings.hostName());
        assertFalse(IsnsSettings.hostName().isEmpty());
    }

    @Test
    void numbersHaveBounds() {
        refused(
                "registrationSeconds = 9: give a whole number from 10 to 86400.",
                Map.of("servers", "a", "registrationSeconds", "9"));
        refused("esiSeconds = -1: give a whole number from 0 to 86400.", Map.of("servers", "a", "esiSeconds", "-1"));
        refused("esiPort = x: give a whole number from 0 to 65535.", Map.of("servers", "a", "esiPort", "x"));
    }

    @Test
    void onePortForInquiriesIsForOneServer() {
        assertEquals(
                3206,
                read(Map.of("servers", "a", "esiPort", "3206", "entity", "b")).esiPort());
        refused(
                "esiPort = 3206: give 0 for several servers, since each has a port of its own.",
                Map.of("servers", "a,b", "esiPort", "3206"));
    }

    private static void refused(String sentence, Map<String, Object> properties) {
        assertEquals(
                "org.lunaria.isns: " + sentence,
                assertThrows(InvalidSetting.class, () -> read(properties)).getMessage());
    }

    private static IsnsSettings read(Map<String, Object> properties) {
        return IsnsSettings.read(properties, () -> "Box.example.org");
    }
}
