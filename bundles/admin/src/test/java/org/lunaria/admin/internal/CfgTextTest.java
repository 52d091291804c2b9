package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Random;
import org.apache.felix.utils.properties.TypedProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.ApplianceException;

class CfgTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain", "/srv/a b/disk.img", "C:\\disks\\new", "${karaf.data}/x", "a{b}c", "\\${x}", "a=b:c",
                        "#no comment",
                "!x", "\u00fc \u20ac \ud83d\ude00", "ends in \\", "", "0=a,1=b:ro", "\"quoted\"", "'single'",
                        "tab\tinside",
                "$", "$$", "}", "{", "iqn.2026-11.org.lunaria:demo"
            })
    void fileInstallReadsTheVeryValue(String value) throws IOException {
        CfgText text = empty().with("key", value).with("other", "x");
        assertEquals(value, asFileInstallReads(text).get("key"));
        assertEquals(value, text.values().get("key"));
    }

    @Test
    void randomValuesAreReadBackEqualOrRefused() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab \\${}=:#!\"'\u00e9\t,_";
        for (int i = 0; i < 2000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                CfgText text = empty().with("key", value.toString());
                assertEquals(value.toString(), asFileInstallReads(text).get("key"), "seed " + seed);
            } catch (ApplianceException e) {
                boolean odd = !value.toString().equals(value.toString().trim()) || value.indexOf("$__") >= 0;
                assertTrue(odd, "seed " + seed + ": refused '" + value + "'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" leading", "a $__ b"})
    void valueThatAFileCannotHoldIsRefused(String value) {
        assertThrows(ApplianceException.class, () -> empty().with("key", value));
    }

    @Test
    void valueBeyondTheBoundIsRefusedWithoutRepeatingIt() {
        String value = "x".repeat(CfgText.MAX_VALUE + 1);
        ApplianceException refused = assertThrows(ApplianceException.class, () -> empty().with("key", value));
        assertTrue(refused.getMessage().length() < 300);
    }

    @Test
    void lineBreakCannotSmuggleAnotherKeyIn() {
        CfgText text = empty().with("key", "a\nother = b");
        assertEquals(Map.of("key", "a\nother = b"), text.values());
    }

    @Test
    void rawValueIsResolvedEachTimeThatItIsRead() {
        CfgText text = empty().withRaw("path", "${karaf.data}/volumes/a.img");
        assertEquals("/home/data/volumes/a.img", text.values().get("path"));
        assertTrue(text.toString().contains("path = ${karaf.data}/volumes/a.img"), text.toString());
    }

    @Test
    void commentsAndOrderStayWhenAKeyChanges() {
        CfgText text = CfgText.of("# the demo\n\niqn = iqn.x\n# who\naccess = any\nalias = b\n", this::substitute)
                .with("access", "any,!iqn.y");
        assertEquals("# the demo\n\niqn = iqn.x\n# who\naccess = any,!iqn.y\nalias = b\n", text.toString());
    }

    @Test
    void removedKeyIsGone() {
        CfgText text = empty().with("a", "1").with("b", "2").without("a");
        assertEquals(Map.of("b", "2"), text.values());
        assertFalse(text.toString().contains("a"));
    }

    private CfgText empty() {
        return CfgText.of("", this::substitute);
    }

    private String substitute(String name) {
        return name.equals("karaf.data") ? "/home/data" : null;
    }

    private Map<String, Object> asFileInstallReads(CfgText text) throws IOException {
        TypedProperties properties = new TypedProperties((name, key, value) -> substitute(value));
        properties.load(new StringReader(text.toString()));
        return properties;
    }
}
