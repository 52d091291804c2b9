package org.lunaria.iscsi.internal.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.settings.InvalidSetting;

class PortalSettingsTest {

    @Test
    void anAddressIsEnough() {
        assertEquals(
                new Portal("main", new InetSocketAddress("127.0.0.1", 3260), 1), read(Map.of("address", "127.0.0.1")));
    }

    @Test
    void addressesOfBothKindsAreTaken() {
        assertEquals(
                new InetSocketAddress("::1", 3261),
                read(Map.of("address", "::1", "port", "3261", "tag", "2")).address());
        assertTrue(read(Map.of("address", "0.0.0.0")).address().getAddress().isAnyLocalAddress());
    }

    @Test
    void whatCannotBeTakenIsRefusedInOneSentence() {
        String hint = "give an IPv4 or IPv6 address of this machine, or 0.0.0.0 or :: for all of them.";
        refused("address is not set: " + hint, Map.of());
        refused("address = localhost: " + hint, Map.of("address", "localhost"));
        refused("address = 1.2.3.400: " + hint, Map.of("address", "1.2.3.400"));
        refused("port = 65536: give a whole number from 0 to 65535.", Map.of("address", "::1", "port", "65536"));
        refused("tag = 0: give a whole number from 1 to 65535.", Map.of("address", "::1", "tag", "0"));
        refused(
                "unknown key ports; known keys are address, discoveryAccounts, discoveryAuth, discoveryChapDigests, port, tag.",
                Map.of("address", "::1", "ports", "1"));
    }

    private static void refused(String sentence, Map<String, Object> keys) {
        assertEquals(
                "org.lunaria.portal main: " + sentence,
                assertThrows(InvalidSetting.class, () -> read(keys)).getMessage());
    }

    private static Portal read(Map<String, Object> keys) {
        Map<String, Object> properties = new HashMap<>(keys);
        properties.put("service.pid", "org.lunaria.portal~main");
        return PortalSettings.read(properties);
    }
}
